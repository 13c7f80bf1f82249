package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.events.Announcement;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.manager.kubernetes.ConsumerPod.Mark;
import io.hydra.manager.reconcile.SimulatedInstance;
import io.hydra.manager.reconcile.SimulatedNode;
import io.hydra.manager.reconcile.World;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After each step of a simulated world it is told what there is to tell. */
class PodFeedbackTest {
  private final World world = new World();
  private final SimulatedNode n1 = world.node("n1");
  private final AnsweringServer server;
  private final List<String> told = new ArrayList<>();
  private PodFeedback feedback;
  private Mark mark = Mark.NONE;

  PodFeedbackTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    server.answering(
        request ->
            new Answer(
                200,
                """
                {"metadata":{"name":"searcher-5","resourceVersion":"1","ownerReferences":[
                  {"apiVersion":"apps/v1","kind":"Deployment","name":"searcher","uid":"d","controller":true}]}}"""));
    feedback = newFeedback();
  }

  private PodFeedback newFeedback() {
    return new PodFeedback(this::note, new Workloads(server.client()));
  }

  private void note(Announcement announcement) {
    told.add(
        "%s %s %s"
            .formatted(announcement.about().kind(), announcement.reason(), announcement.message()));
  }

  @BeforeEach
  void settle() {
    world.whereabouts.put(World.CHANNEL, Set.of(NodeName.of("n1")));
    world.steps(20);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private ConsumerPod pod() {
    return new ConsumerPod(
        new ApiObject.Name(Optional.of("search"), "i1"),
        "uid",
        NodeName.of("n1"),
        World.CHANNEL.toString(),
        false,
        Optional.of(
            new ApiObject.Owner("apps/v1", "ReplicaSet", "searcher-5", "r", Optional.of(true))),
        mark);
  }

  private Scene scene() {
    return new Scene(
        world.viewpoint.of(world.channel()),
        world.plans.find(World.CHANNEL).orElseThrow(),
        List.of(pod()));
  }

  private void step() throws InterruptedException {
    world.step();
    feedback.tell(scene());
    PodMark.of(pod(), scene().instance(pod()))
        .ifPresent(wanted -> mark = marked(wanted.errand(world.clock.instant())));
  }

  private static Mark marked(Errand errand) {
    var release = errand.change().at("/metadata/annotations/hydra~1release");
    return new Mark(
        release.isNull() ? Optional.empty() : Optional.of(release.asText()),
        Optional.of(errand.change().at("/status/conditions/0/status").asText().equals("True")));
  }

  private void steps(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  private SimulatedInstance serving(Release release) throws InterruptedException {
    var instance = world.instance("i1", n1);
    steps(20);
    assertThat(mark.release()).contains(release.version().toString());
    told.clear();
    return instance;
  }

  @Test
  void givenAPodWithoutData_thenItIsToldWhatItWaitsFor_andWhenItIsThere() throws Exception {
    steps(3);
    assertThat(told)
        .containsExactly("Pod DataNotReady channel prod/search/searcher has no release yet");

    var release = world.publish(World.onDisk("index", "one"));
    steps(5);

    assertThat(told.get(1))
        .startsWith("Pod DataNotReady release " + release.ref())
        .contains("index");
    assertThat(told.get(2)).startsWith("Pod DataReady release " + release.ref()).contains("n1");
    assertThat(told).hasSize(3);
  }

  @Test
  void givenAPodThatBeginsToServe_thenThatIsToldAndWrittenOnIt() throws Exception {
    var release = world.publish(World.onDisk("index", "one"));
    steps(5);
    told.clear();

    world.instance("i1", n1);
    steps(10);

    assertThat(told).anyMatch(line -> line.startsWith("Pod ReloadCompleted serves release"));
    assertThat(mark)
        .isEqualTo(new Mark(Optional.of(release.version().toString()), Optional.of(true)));
  }

  @Test
  void givenARollOver_thenItsBeginningAndEndAreToldOnPodAndDeployment() throws Exception {
    serving(world.publish(World.onDisk("index", "one")));

    var second = world.publish(World.onDisk("index", "two"));
    steps(30);

    assertThat(told)
        .filteredOn(line -> line.startsWith("Pod"))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("Pod ReloadStarted"))
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("Pod ReloadCompleted"));
    assertThat(told)
        .filteredOn(line -> line.startsWith("Deployment"))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("Deployment RolloutStarted"))
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("Deployment RolloutCompleted"));
    assertThat(mark.release()).contains(second.version().toString());
  }

  @Test
  void givenARollOverBetweenTwoLooks_thenItsBeginningIsToldAllTheSame() throws Exception {
    serving(world.publish(World.onDisk("index", "one")));

    var second = world.publish(World.onDisk("index", "two"));
    world.steps(30);
    step();

    assertThat(told)
        .filteredOn(line -> line.startsWith("Pod"))
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith("Pod ReloadStarted goes on to release " + second.ref()),
            line -> assertThat(line).startsWith("Pod ReloadCompleted"));
  }

  @Test
  void givenAReleaseThatIsNotLoaded_thenFailureAndRejectionAreTold() throws Exception {
    var instance = serving(world.publish(World.onDisk("index", "one")));
    var second = world.publish(World.onDisk("index", "two"));
    instance.refuses.add(second.ref());

    steps(40);

    assertThat(told).filteredOn(line -> line.startsWith("Pod ReloadFailed")).hasSize(1);
    assertThat(told)
        .filteredOn(line -> line.startsWith("Deployment ReloadFailed pod i1"))
        .hasSize(1);
    assertThat(told).filteredOn(line -> line.startsWith("Deployment ReleaseRejected")).hasSize(1);
    assertThat(mark.serving()).contains(true);
  }

  @Test
  void givenAManagerThatStartsAnew_thenWhatWasToldIsNotToldAgain() throws Exception {
    serving(world.publish(World.onDisk("index", "one")));

    feedback = newFeedback();
    steps(15);

    assertThat(told).isEmpty();
  }

  /** The first looks find its AppMan moving, or not at all. */
  @Test
  void givenAManagerThatStartsAnew_andHearsOfThePodOnlyLater_thenNothingIsToldAgain()
      throws Exception {
    var instance = serving(world.publish(World.onDisk("index", "one")));
    instance.alive = false;
    world.steps(20);

    feedback = newFeedback();
    steps(3);
    instance.alive = true;
    steps(15);

    assertThat(told).isEmpty();
  }

  @Test
  void givenTooLittleSpaceForANewRelease_thenPodAndDeploymentSaySo() throws Exception {
    serving(world.publish(World.onDisk("index", "one")));
    world.publish(World.inRam("index", "two", 5_000));

    steps(15);

    assertThat(told).filteredOn(line -> line.startsWith("Pod InsufficientSpace")).hasSize(1);
    assertThat(told).filteredOn(line -> line.startsWith("Deployment InsufficientSpace")).hasSize(1);
    assertThat(told).filteredOn(line -> line.startsWith("Deployment RolloutBlocked")).hasSize(1);
  }

  @Test
  void givenAnAppManThatIsSilent_thenNothingIsToldOrWritten() throws Exception {
    var instance = serving(world.publish(World.onDisk("index", "one")));
    instance.alive = false;
    var before = mark;

    steps(30);

    assertThat(told).filteredOn(line -> line.startsWith("Pod")).isEmpty();
    assertThat(mark).isEqualTo(before);
  }

  @Test
  void givenAPodWithoutChange_thenNothingIsWrittenOnIt() throws Exception {
    serving(world.publish(World.onDisk("index", "one")));

    assertThat(PodMark.of(pod(), scene().instance(pod()))).isEmpty();
  }
}

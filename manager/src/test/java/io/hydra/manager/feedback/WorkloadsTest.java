package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.apiserver.AnsweringServer.Asked;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Owner;
import io.hydra.manager.events.ObjectReference;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.model.NodeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadsTest {
  private static final String OF_A_DEPLOYMENT =
      """
      {"metadata":{"name":"searcher-5","resourceVersion":"1","ownerReferences":[
        {"apiVersion":"apps/v1","kind":"Deployment","name":"searcher","uid":"d","controller":true}]}}""";

  private final AnsweringServer server;
  private final Workloads workloads;

  WorkloadsTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    server.answering(request -> new Answer(200, OF_A_DEPLOYMENT));
    workloads = new Workloads(server.client());
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static ConsumerPod pod(String name, Optional<Owner> owner) {
    return new ConsumerPod(
        new Name(Optional.of("search"), name),
        name,
        NodeName.of("n1"),
        "prod/search/searcher",
        false,
        owner,
        ConsumerPod.Mark.NONE);
  }

  private static Optional<Owner> owner(String kind, String name) {
    return Optional.of(new Owner("apps/v1", kind, name, "uid-" + name, Optional.of(true)));
  }

  private static ObjectReference reference(String kind, String name, String uid) {
    return new ObjectReference("apps/v1", kind, Optional.of("search"), name, Optional.of(uid));
  }

  @Test
  void givenPodsOfADeployment_thenItsReplicaSetIsAskedForItOnce() throws InterruptedException {
    var pods =
        List.of(
            pod("a", owner("ReplicaSet", "searcher-5")),
            pod("b", owner("ReplicaSet", "searcher-5")));

    assertThat(workloads.of(pods)).containsExactly(reference("Deployment", "searcher", "d"));
    assertThat(workloads.of(pods)).containsExactly(reference("Deployment", "searcher", "d"));

    assertThat(server.asked())
        .extracting(Asked::path)
        .containsExactly("/apis/apps/v1/namespaces/search/replicasets/searcher-5");
  }

  @Test
  void givenPodsOfAStatefulSet_thenNobodyIsAsked() throws InterruptedException {
    var pods = List.of(pod("a", owner("StatefulSet", "searcher")));

    assertThat(workloads.of(pods))
        .containsExactly(reference("StatefulSet", "searcher", "uid-searcher"));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void givenAPodThatNobodyHasMade_thenThereIsNoWorkload() throws InterruptedException {
    assertThat(workloads.of(List.of(pod("a", Optional.empty())))).isEmpty();
  }

  @Test
  void givenARefusal_thenTheReplicaSetStandsForIt() throws InterruptedException {
    server.answering(request -> new Answer(403, "{\"message\":\"no\"}"));
    var pods = List.of(pod("a", owner("ReplicaSet", "searcher-5")));

    assertThat(workloads.of(pods))
        .containsExactly(reference("ReplicaSet", "searcher-5", "uid-searcher-5"));
  }
}

package io.hydra.manager.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.model.ChannelId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a pod is: what it had, it has afterwards, and a second time adds nothing. */
class AnyPodTest {
  private static final Set<String> ADDED =
      Set.of("hydra", "hydra-disk", "hydra-ram", "hydra-token", "hydra-appman");
  private static final Set<String> VARIABLES = Set.of("HYDRA_CURRENT", "HYDRA_RELOAD");

  @Provide
  Arbitrary<ObjectNode> pods() {
    return Combinators.combine(
            containers("c"), containers("i").injectNull(0.3), volumes().injectNull(0.3))
        .as(AnyPodTest::pod)
        .flatMap(
            pod ->
                Arbitraries.of(true, false)
                    .map(
                        shared -> {
                          if (shared) {
                            ((ObjectNode) pod.path("spec")).put("shareProcessNamespace", true);
                          }
                          return pod;
                        }));
  }

  private static ObjectNode pod(ArrayNode containers, ArrayNode init, ArrayNode volumes) {
    var pod = Pods.pod(Map.of("other", "annotation"), "{\"securityContext\":{\"runAsUser\":7}}");
    var spec = (ObjectNode) pod.path("spec");
    spec.set("containers", containers);
    if (init != null) {
      spec.set("initContainers", init);
    }
    if (volumes != null) {
      spec.set("volumes", volumes);
    }
    return pod;
  }

  private static Arbitrary<ArrayNode> containers(String prefix) {
    return Combinators.combine(
            list("env", "name").injectNull(0.3), list("volumeMounts", "mountPath").injectNull(0.3))
        .as(
            (env, mounts) -> {
              var container = Tree.object("image", "example/app:1");
              if (env != null) {
                container.set("env", env);
              }
              if (mounts != null) {
                container.set("volumeMounts", mounts);
              }
              return container;
            })
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            all -> {
              for (int i = 0; i < all.size(); i++) {
                all.get(i).put("name", prefix + i);
              }
              return Tree.array(all);
            });
  }

  private static Arbitrary<ArrayNode> list(String kind, String key) {
    return Arbitraries.strings()
        .alpha()
        .ofMinLength(1)
        .ofMaxLength(5)
        .list()
        .uniqueElements()
        .ofMaxSize(4)
        .map(
            names ->
                Tree.array(
                    names.stream()
                        .map(name -> Tree.object(key, "/" + name, "value", kind))
                        .toList()));
  }

  private static Arbitrary<ArrayNode> volumes() {
    return Arbitraries.integers()
        .between(0, 3)
        .map(
            count ->
                Tree.array(
                    java.util.stream.IntStream.range(0, count)
                        .mapToObj(i -> Tree.object("name", "v" + i, "emptyDir", Tree.object()))
                        .toList()));
  }

  @Provide
  Arbitrary<Wish> wishes() {
    return Arbitraries.of(
            new Reload.Watch(),
            new Reload.Evict(),
            new Reload.Http("http://127.0.0.1/load"),
            new Reload.Signal("USR1", "c0"))
        .map(reload -> new Wish(ChannelId.parse("prod/search/searcher"), reload, 8082, Map.of()));
  }

  @Property
  void givenAnyPod_thenAllThatItHadIsAsItWas(
      @ForAll("pods") ObjectNode pod, @ForAll("wishes") Wish wish) {
    var before = pod.deepCopy();
    var injection = new PodInjection(Pods.config(), wish, pod);
    injection.add("search");
    var after = Pods.patched(pod, injection.operations());

    assertThat(injection.objections()).isEmpty();
    assertThat(pod).isEqualTo(before);
    assertThat(withoutAdditions(after, before)).isEqualTo(withoutAdditions(before, before));
    var again = new PodInjection(Pods.config(), wish, after);
    again.add("search");
    assertThat(again.operations()).isEmpty();
  }

  /** Lists that are empty and lists that are not there are the same to Kubernetes. */
  private static JsonNode withoutAdditions(ObjectNode pod, ObjectNode original) {
    var stripped = pod.deepCopy();
    var spec = (ObjectNode) stripped.path("spec");
    if (!original.at("/spec").has("shareProcessNamespace")) {
      spec.remove("shareProcessNamespace");
    }
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        strip((ObjectNode) container, "env", VARIABLES);
        strip((ObjectNode) container, "volumeMounts", ADDED);
      }
    }
    strip(spec, "initContainers", ADDED);
    strip(spec, "volumes", ADDED);
    return stripped;
  }

  private static void strip(ObjectNode parent, String list, Set<String> names) {
    if (parent.path(list) instanceof ArrayNode items) {
      items.removeIf(item -> names.contains(item.path("name").asText()));
      if (items.isEmpty()) {
        parent.remove(list);
      }
    }
  }
}

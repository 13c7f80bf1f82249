package io.hydra.testing.demo;

import io.hydra.testing.process.Program;
import java.util.List;

/** What a reader may try while all is up, as commands that work as they stand. */
record Suggestions(Scenario scenario) {
  List<String> lines() {
    var stage = scenario.stage();
    var cli = scenario.cli();
    var replica = stage.replicas().getFirst();
    var node = stage.nodes().getFirst();
    var publish = cli.text(List.of("publish", scenario.template()));
    var full =
        stage.nodes().stream()
            .filter(each -> each.name().equals(Scenario.FILLABLE_NODE))
            .findFirst()
            .orElseThrow();
    var filler = full.layout().root().resolve("filler");
    return List.of(
        "ask a question   curl --data-binary 'The fox sleeps.' %s/analyze"
            .formatted(scenario.balancer().address()),
        "watch            " + cli.text(List.of("status", "--watch")),
        "publish again    " + publish,
        "a new tagger     %s && %s".formatted(upload("2026-11-15T09-00-00", "tagger.bin"), publish),
        "pin, unpin       " + cli.text(List.of("pin", Scenario.OLD)),
        "                 " + cli.text(List.of("unpin")),
        "roll back        " + cli.text(List.of("rollback")),
        "kill a replica   kill -9 " + pid(replica.application()) + "   (all are started again)",
        "kill an agent    kill -9 %s   (Docto)   %s   (AppMan)   %s   (manager)"
            .formatted(pid(node.docto()), pid(replica.appman()), pid(stage.manager())),
        "fill a disk      truncate -s %d %s   (all that %s may hold)"
            .formatted(scenario.fillableBytes(), filler, full.name()),
        // Other names make other contents: nothing would be fetched that a node already has.
        "  and need it    %s && %s"
            .formatted(upload("2026-11-22T09-00-00", "another-tagger.bin"), publish),
        "  see why        " + cli.text(List.of("explain", "--node", full.name())),
        "  free it        rm %s   (all goes on)".formatted(filler),
        "look at a node   ls -l %s %s/"
            .formatted(node.layout().store(), replica.directory().resolve("current")),
        "see logs         " + stage.logs());
  }

  private String upload(String version, String name) {
    return "curl -fT %s %s/models/pos/%s/%s"
        .formatted(scenario.oldTagger(), scenario.stage().s3().endpoint(), version, name);
  }

  private static String pid(Program program) {
    return program.pid().map(Object::toString).orElse("(not running)");
  }
}

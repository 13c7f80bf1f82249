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
    var filler = stage.nodes().get(1).layout().root().resolve("filler");
    var newModel = "models/pos/2026-11-15T09-00-00/tagger.bin";
    return List.of(
        "ask a question   curl --data-binary 'The fox sleeps.' %s/analyze"
            .formatted(scenario.balancer().address()),
        "watch            " + cli.text(List.of("status", "--watch")),
        "publish again    " + cli.text(List.of("publish", scenario.template())),
        "a new tagger     curl -T %s %s/%s   (then publish again)"
            .formatted(scenario.oldTagger(), stage.s3().endpoint(), newModel),
        "pin, unpin       " + cli.text(List.of("pin", Scenario.OLD)),
        "                 " + cli.text(List.of("unpin")),
        "roll back        " + cli.text(List.of("rollback")),
        "kill a replica   kill -9 " + pid(replica.application()) + "   (all are started again)",
        "kill an agent    kill -9 %s   (Docto)   %s   (AppMan)   %s   (manager)"
            .formatted(pid(node.docto()), pid(replica.appman()), pid(stage.manager())),
        "fill a disk      head -c %d /dev/zero > %s   (publish; rm it; see status)"
            .formatted(Scenario.SMALL_DISK_BYTES, filler),
        "look at a node   ls -l %s %s/"
            .formatted(node.layout().store(), replica.directory().resolve("current")),
        "see logs         " + stage.logs());
  }

  private static String pid(Program program) {
    return program.pid().map(Object::toString).orElse("(not running)");
  }
}

package io.hydra.cli.follow;

import io.hydra.cli.output.LiveArea;
import io.hydra.cli.output.StatusText;
import io.hydra.cli.output.Style;
import io.hydra.wire.ChannelStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The whole status, drawn again in place. */
public final class LiveDisplay implements Display {
  private final LiveArea area;
  private final boolean coloured;
  private final InstantSource clock;
  private List<String> last = List.of();

  public LiveDisplay(LiveArea area, boolean coloured, InstantSource clock) {
    this.area = area;
    this.coloured = coloured;
    this.clock = clock;
  }

  @Override
  public void show(ChannelStatus status) {
    last = new StatusText(coloured, clock.instant()).lines(status);
    area.draw(last);
  }

  @Override
  public void unreachable(String why) {
    var lines = new ArrayList<String>();
    lines.add(Style.WARNING.paint(why + "; asking again, this was the state before:", coloured));
    lines.addAll(last);
    area.draw(lines);
  }

  @Override
  public void close() {
    area.close();
  }
}

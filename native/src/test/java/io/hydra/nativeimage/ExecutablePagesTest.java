package io.hydra.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.nativeimage.ExecutablePages.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutablePagesTest {
  @Test
  void onlyWhatNobodyHasWrittenToIsFound() {
    var smaps =
        """
        00400000-00405000 r--p 00000000 fe:00 131 /opt/hydra/docto
        Rss:                  20 kB
        Anonymous:             0 kB
        00410000-0233a000 r-xp 00010000 fe:00 131 /opt/hydra/docto
        Anonymous:             0 kB
        02353000-02354000 r--p 01f53000 fe:00 131 /opt/hydra/docto
        Anonymous:             4 kB
        02352000-02353000 r--p 01f52000 fe:00 131 /opt/hydra/docto
        Anonymous:             0 kB
        Swap:                  4 kB
        02354000-02355000 rw-p 01f54000 fe:00 131 /opt/hydra/docto
        Anonymous:             0 kB
        0afe0000-0b001000 rw-p 00000000 00:00 0 [heap]
        Anonymous:             0 kB
        7f6dd0000000-7f6dd0021000 r--p 00000000 00:00 0
        Anonymous:             0 kB
        7f6ddb900000-7f6ddc480000 r--s 01f70000 fe:00 131 /opt/hydra/docto
        Anonymous:             0 kB
        7f75db94c000-7f75dbaa2000 r-xp 00026000 fe:00 99 /usr/lib/libc.so.6
        Anonymous:             0 kB
        ffff6ddb900000-ffff6ddb901000 r--p 00000000 fe:00 131 /opt/hydra/docto
        Anonymous:             0 kB
        """;

    assertThat(Mapping.unwritten(smaps.lines().toList(), Path.of("/opt/hydra/docto")))
        .containsExactly(
            new Mapping(0x400000, 0x405000),
            new Mapping(0x410000, 0x233a000),
            new Mapping(0xffff6ddb900000L, 0xffff6ddb901000L));
  }

  @Test
  void initialObjectsAreWhatIsWritableOfTheFile() {
    var maps =
        """
        00400000-00405000 r--p 00000000 fe:00 131 /opt/hydra/docto
        02354000-02355000 rw-p 01f54000 fe:00 131 /opt/hydra/docto
        02355000-02356000 rw-p 00000000 00:00 0
        7f6ddb900000-7f6ddc480000 rw-s 01f70000 fe:00 131 /opt/hydra/docto
        7f75db94c000-7f75dbaa2000 rw-p 00026000 fe:00 99 /usr/lib/libc.so.6
        """;

    assertThat(Mapping.writable(maps.lines().toList(), Path.of("/opt/hydra/docto")))
        .containsExactly(new Mapping(0x2354000, 0x2355000));
  }

  @Test
  void aPathMayHaveSpaces() {
    var smaps =
        List.of(
            "00400000-00405000 r--p 00000000 fe:00 131      /opt/my hydra/docto",
            "Anonymous:             0 kB");

    assertThat(Mapping.unwritten(smaps, Path.of("/opt/my hydra/docto"))).hasSize(1);
  }

  @Test
  void thisJvmsOwnCodeIsFound() throws IOException {
    var smaps = Files.readAllLines(Path.of("/proc/self/smaps"));

    assertThat(Mapping.unwritten(smaps, Path.of("/proc/self/exe").toRealPath())).isNotEmpty();
  }
}

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
  void onlyWhatNobodyCanHaveWrittenToIsFound() {
    var maps =
        """
        00400000-00405000 r--p 00000000 fe:00 131 /opt/hydra/docto
        00410000-0233a000 r-xp 00010000 fe:00 131 /opt/hydra/docto
        02354000-02355000 rw-p 01f54000 fe:00 131 /opt/hydra/docto
        0afe0000-0b001000 rw-p 00000000 00:00 0 [heap]
        7f6dd0000000-7f6dd0021000 r--p 00000000 00:00 0
        7f6ddb900000-7f6ddc480000 r--s 01f70000 fe:00 131 /opt/hydra/docto
        7f75db94c000-7f75dbaa2000 r-xp 00026000 fe:00 99 /usr/lib/libc.so.6
        ffff6ddb900000-ffff6ddb901000 r--p 00000000 fe:00 131 /opt/hydra/docto
        """;

    assertThat(Mapping.readOnly(maps.lines().toList(), Path.of("/opt/hydra/docto")))
        .containsExactly(
            new Mapping(0x400000, 0x405000),
            new Mapping(0x410000, 0x233a000),
            new Mapping(0xffff6ddb900000L, 0xffff6ddb901000L));
  }

  @Test
  void aPathMayHaveSpaces() {
    var maps = List.of("00400000-00405000 r--p 00000000 fe:00 131      /opt/my hydra/docto");

    assertThat(Mapping.readOnly(maps, Path.of("/opt/my hydra/docto"))).hasSize(1);
  }

  @Test
  void thisJvmsOwnExecutableIsFound() throws IOException {
    var maps = Files.readAllLines(Path.of("/proc/self/maps"));

    assertThat(Mapping.readOnly(maps, Path.of("/proc/self/exe").toRealPath())).isNotEmpty();
  }
}

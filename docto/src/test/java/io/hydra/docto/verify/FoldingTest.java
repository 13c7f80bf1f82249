package io.hydra.docto.verify;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Checksum;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code crc_folding.c}, which native executables have in them, against what Java has. */
@SuppressWarnings("restricted")
class FoldingTest {
  private static final Path SOURCE = Path.of("src/main/c/crc_folding.c");

  private static MethodHandle fold;

  @BeforeAll
  static void compile(@TempDir Path directory) throws Throwable {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "gcc"))),
        "gcc, which native-image needs, too");
    var library = directory.resolve("crc_folding.so");
    assertThat(
            new ProcessBuilder("gcc", "-O2", "-shared", "-fPIC", "-o", library + "", SOURCE + "")
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    var symbols = SymbolLookup.libraryLookup(library, Arena.global());
    var linker = Linker.nativeLinker();
    var canFold =
        linker.downcallHandle(
            symbols.findOrThrow("hydra_crc_can_fold"), FunctionDescriptor.of(JAVA_INT));
    assumeTrue((int) canFold.invokeExact() != 0, "a processor with carry-less multiplication");
    fold =
        linker.downcallHandle(
            symbols.findOrThrow("hydra_crc_fold"),
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG, JAVA_LONG));
  }

  /** About one block, about all lanes, and about several rounds of them, at every alignment. */
  @ParameterizedTest
  @EnumSource(Crc.class)
  void everyLengthIsSummedAsByJava(Crc crc) throws Throwable {
    var bytes = bytes(3_000);
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(bytes.length + 16).copyFrom(MemorySegment.ofArray(bytes));
      for (int length = 0; length < bytes.length - 16; length++) {
        int from = length % 16;
        var sum = crc.begin();
        sum.update(bytes, from, length);

        assertThat(folded(crc, memory.asSlice(from, length), 0))
            .as("%s of %d bytes", crc, length)
            .isEqualTo(sum.getValue());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Crc.class)
  void givenManyRunsThenTheirSumIsThatOfTheWhole(Crc crc) throws Throwable {
    var random = new Random(7);
    var bytes = bytes(1 << 20);
    Checksum whole = crc.begin();
    long sum = 0;
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 40 : 9_000));
        sum = folded(crc, memory.asSlice(at, length), sum);
        whole.update(bytes, at, length);
        at += length;

        assertThat(sum).as("up to %d", at).isEqualTo(whole.getValue());
      }
    }
  }

  /**
   * @param sum before
   */
  private static long folded(Crc crc, MemorySegment bytes, long sum) throws Throwable {
    var powers = crc.powers();
    long ones = crc == Crc.CRC64NVME ? -1 : 0xffff_ffffL;
    return (long)
            fold.invokeExact(
                sum ^ ones,
                bytes,
                bytes.byteSize(),
                powers.farFirst(),
                powers.farLast(),
                powers.nearFirst(),
                powers.nearLast(),
                powers.polynomial())
        ^ ones;
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Arrays.fill(bytes, length / 3, length / 2, (byte) 0);
    return bytes;
  }
}

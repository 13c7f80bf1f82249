package io.hydra.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of this package, as they were compiled, beside the same ones written out. */
class RecordEqualityTest {
  private static final byte[] ARRAY = {1};

  @TempDir private static @Nullable Path made;

  private static Path directory() {
    return Objects.requireNonNull(made);
  }

  record Nothing() {}

  @SuppressWarnings("ArrayRecordComponent")
  record Everything(
      boolean flag,
      byte tiny,
      short small,
      char letter,
      int whole,
      long large,
      float single,
      double twice,
      @Nullable String text,
      byte[] array,
      @Nullable List<String> list) {}

  record Generic<T extends Comparable<T>>(T value) {}

  record Own(String text) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Own own && text.equalsIgnoreCase(own.text);
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @BeforeAll
  static void writeOut() throws Exception {
    for (var type : List.of(Nothing.class, Everything.class, Generic.class, Own.class)) {
      var file = directory().resolve(fileOf(type));
      Files.createDirectories(file.getParent());
      Files.write(file, compiled(type));
    }
    run();
  }

  private static void run() throws Exception {
    var tool = Repository.root().resolve("native/src/build/java/RecordEquality.java");
    var java = Path.of(System.getProperty("java.home"), "bin/java");
    var process =
        new ProcessBuilder(java.toString(), tool.toString(), directory().toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static String fileOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] compiled(Class<?> type) throws IOException {
    try (var in = RecordEqualityTest.class.getClassLoader().getResourceAsStream(fileOf(type))) {
      return in.readAllBytes();
    }
  }

  private static Everything usual() {
    return new Everything(
        true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, List.of("ten"));
  }

  /** Each differs from the usual one in one component, or holds what is easily got wrong. */
  private static List<Record> all() {
    var usual = usual();
    return List.of(
        usual,
        new Everything(
            true,
            (byte) 1,
            (short) 2,
            'c',
            4,
            5L,
            6f,
            7d,
            String.valueOf(new char[] {'e', 'i', 'g', 'h', 't'}),
            ARRAY,
            Arrays.asList("ten")),
        new Everything(
            false, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 0, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 0, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'x', 4, 5L, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 0, 5L, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 1L << 40, 6f, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, Float.NaN, 7d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, Double.NaN, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, 0f, 0d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, -0f, 0d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, 0f, -0d, "eight", ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "other", ARRAY, List.of("ten")),
        new Everything(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, null, ARRAY, List.of("ten")),
        new Everything(
            true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", new byte[] {1}, List.of("ten")),
        new Everything(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, List.of()),
        new Everything(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "eight", ARRAY, null),
        new Nothing(),
        new Generic<>("x"),
        new Generic<>(4),
        new Own("a"),
        new Own("A"),
        new Own("b"));
  }

  @Test
  void givenRecords_whenWrittenOut_thenTheyEqualTheSameOnes() throws Exception {
    var before = all();
    var after = writtenOut(before);

    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < before.size(); j++) {
        assertThat(after.get(i).equals(after.get(j)))
            .as("%s and %s", before.get(i), before.get(j))
            .isEqualTo(before.get(i).equals(before.get(j)));
      }
      assertThat(after.get(i).equals(null)).isFalse();
      assertThat(after.get(i).equals("another type")).isFalse();
      assertThat(after.get(i).hashCode()).isEqualTo(before.get(i).hashCode());
    }
  }

  @Test
  void givenWrittenOut_thenNothingIsLinkedLateButOwnAndOtherMethodsStay() throws Exception {
    assertThat(calls("Everything")).doesNotContain("equals").contains("hashCode", "toString");
    assertThat(Files.readAllBytes(directory().resolve(fileOf(Own.class))))
        .isEqualTo(compiled(Own.class));
  }

  @Test
  void givenWrittenOut_whenAgain_thenNothingChanges() throws Exception {
    var before = Files.readAllBytes(directory().resolve(fileOf(Everything.class)));

    run();

    assertThat(Files.readAllBytes(directory().resolve(fileOf(Everything.class)))).isEqualTo(before);
  }

  /** Names of what is linked at run time. */
  private static List<String> calls(String type) throws IOException {
    var file = directory().resolve(fileOf(Everything.class).replace("Everything", type));
    return ClassFile.of().parse(file).methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast)
        .map(call -> call.name().stringValue())
        .toList();
  }

  /** The same records, of the classes that were written out. */
  private static List<Object> writtenOut(List<Record> records) throws Exception {
    var loader = new FirstOfAll(directory().toUri().toURL());
    var others = new ArrayList<Object>();
    for (var one : records) {
      var components = one.getClass().getRecordComponents();
      var values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(one);
      }
      var constructor =
          loader
              .loadClass(one.getClass().getName())
              .getDeclaredConstructor(
                  Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      others.add(constructor.newInstance(values));
    }
    return others;
  }

  /** Takes the records from the directory, and all else from where it was. */
  private static final class FirstOfAll extends URLClassLoader {
    FirstOfAll(URL directory) {
      super(new URL[] {directory}, RecordEqualityTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!Files.exists(directory().resolve(name.replace('.', '/') + ".class"))) {
          return super.loadClass(name, resolve);
        }
        var loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}

package io.hydra.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows that the architecture draws. */
class ArchitectureTest {
  private static final List<String> MODULES =
      List.of(
          "src-shared",
          "native",
          "tls",
          "manager",
          "docto",
          "appman",
          "cli",
          "examples/text-analysis");
  private static final String[] MANAGER_DECISIONS = {
    "io.hydra.manager.assign..", "io.hydra.manager.rollout..", "io.hydra.manager.retention.."
  };
  private static final JavaClasses CLASSES = imported();

  private static JavaClasses imported() {
    var importer = new ClassFileImporter();
    var found = new ArrayList<Path>();
    for (var module : MODULES) {
      var classes = Repository.root().resolve(module).resolve("target/classes");
      if (Files.isDirectory(classes)) {
        found.add(classes);
      }
    }
    return importer.importPaths(found);
  }

  /** As native/src/build/java/RecordEquality.java leaves them, where speed counts. */
  @ParameterizedTest
  @ValueSource(strings = {"src-shared", "tls", "manager", "docto", "appman"})
  void givenRecords_whenCompiled_thenTheirEqualityIsWrittenOut(String module) throws IOException {
    try (var files = Files.walk(Repository.root().resolve(module).resolve("target/classes"))) {
      var late =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(ArchitectureTest::linksEqualsLate)
              .toList();

      assertThat(late).isEmpty();
    }
  }

  private static boolean linksEqualsLate(Path file) {
    try {
      return ClassFile.of().parse(file).methods().stream()
          .filter(method -> method.methodName().equalsString("equals"))
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .anyMatch(InvokeDynamicInstruction.class::isInstance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givenAllModules_whenImported_thenEachHasClasses() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .anyMatch(name -> name.startsWith("io.hydra.model"))
        .anyMatch(name -> name.startsWith("io.hydra.tls"))
        .anyMatch(name -> name.startsWith("io.hydra.manager"))
        .anyMatch(name -> name.startsWith("io.hydra.docto"))
        .anyMatch(name -> name.startsWith("io.hydra.appman"))
        .anyMatch(name -> name.startsWith("io.hydra.cli"))
        .anyMatch(name -> name.startsWith("io.hydra.examples"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manager", "docto", "appman", "cli", "examples"})
  void givenAPart_whenItUsesOthers_thenOnlyWhatIsShared(String part) {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.hydra." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hydra..")
                .and(not(resideInAPackage("io.hydra." + part + "..")))
                .and(not(shared()))
                .and(not(resideInAnyPackage("io.hydra.tls..", "io.hydra.nativeimage.."))))
        .check(CLASSES);
  }

  @Test
  void givenWhatIsShared_whenItUsesOthers_thenNoPart() {
    noClasses()
        .that(shared())
        .should()
        .dependOnClassesThat(resideInAPackage("io.hydra..").and(not(shared())))
        .check(CLASSES);
  }

  @Test
  void givenTls_whenItUsesOthers_thenNothingOfHydra() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra.tls..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hydra..").and(not(resideInAPackage("io.hydra.tls.."))))
        .check(CLASSES);
  }

  @Test
  void givenTheExamples_whenTheyUseOthers_thenNothingOfHydra() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra.examples..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hydra..").and(not(resideInAPackage("io.hydra.examples.."))))
        .check(CLASSES);
  }

  @Test
  void givenTheManager_whenPackagesUseEachOther_thenNoneUsesRest() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra..")
        .and()
        .resideOutsideOfPackage("io.hydra.manager.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hydra.manager.rest..")
        .check(CLASSES);
  }

  @Test
  void givenTheManagersRest_whenItUsesOthers_thenNotTheStore() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra.manager.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.hydra.manager.store..")
        .check(CLASSES);
  }

  @Test
  void givenTheManagersStore_whenItUsesOthers_thenNoOtherPackageButConfiguration() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra.manager.store..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hydra.manager..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.hydra.manager.store..", "io.hydra.manager.config.."))))
        .check(CLASSES);
  }

  @Test
  void givenThePlanners_whenTheyUseOthers_thenOnlyModelAndRecords() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveSimpleNameEndingWith("Planner")
        .and()
        .resideInAnyPackage("io.hydra.manager..", "io.hydra.docto..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "io.micrometer..")
                .or(resideInAnyPackage("java.net..", "java.nio..", "java.time.Clock"))
                .or(
                    resideInAnyPackage(
                        "io.hydra.api..", "io.hydra.manager.store..", "io.hydra.manager.rest..")))
        .check(CLASSES);
  }

  @Test
  void givenTheManagersDecisions_whenTheyUseOthers_thenOnlyRecordsAndEachOther() {
    classes()
        .that()
        .resideInAnyPackage(MANAGER_DECISIONS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(MANAGER_DECISIONS)
                .or(resideInAPackage("io.hydra.manager.channel"))
                .or(records()))
        .check(CLASSES);
  }

  /** The reconciler carries out what the rest of its package decides. */
  @Test
  void givenDoctosDecisions_whenTheyUseOthers_thenOnlyRecordsAndEachOther() {
    var decisions =
        resideInAnyPackage("io.hydra.docto.reconcile", "io.hydra.docto.retention")
            .and(not(simpleNameStartingWith("Reconciler")));
    classes()
        .that(decisions)
        .should()
        .onlyDependOnClassesThat(
            decisions
                .or(resideInAPackage("io.hydra.docto.actual").and(not(simpleName("Inventory"))))
                .or(
                    DescribedPredicate.describe(
                        "operations",
                        it -> it.getName().startsWith("io.hydra.docto.operate.Operation")))
                .or(records()))
        .check(CLASSES);
  }

  @Test
  void givenDoctosHttpClient_whenItUsesOthers_thenOnlyTls() {
    noClasses()
        .that()
        .resideInAPackage("io.hydra.docto.http..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hydra..")
                .and(not(resideInAnyPackage("io.hydra.docto.http..", "io.hydra.tls..")))
                .or(resideInAPackage("software.amazon..")))
        .check(CLASSES);
  }

  @Test
  void givenDecisions_whenTheyNeedTheTime_thenTheyAreTold() {
    noClasses()
        .that()
        .resideInAnyPackage(MANAGER_DECISIONS)
        .or()
        .resideInAnyPackage("io.hydra.docto.reconcile", "io.hydra.docto.retention")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manager", "docto", "appman", "cli"})
  void givenAPart_whenItsPackagesUseEachOther_thenThereIsNoCycle(String part) {
    slices().matching("io.hydra." + part + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** Data, and the JDK without what reaches outside: no I/O, no threads, no clock. */
  private static DescribedPredicate<JavaClass> records() {
    return resideInAnyPackage("io.hydra.model", "io.hydra.wire", "io.hydra.error")
        .or(resideInAnyPackage("java.lang..", "java.util", "java.util.function"))
        .or(resideInAnyPackage("java.util.stream", "java.time..", "org.jspecify.annotations"))
        .and(not(type(Clock.class)));
  }

  private static DescribedPredicate<JavaClass> shared() {
    return resideInAnyPackage(
        "io.hydra.api..",
        "io.hydra.error..",
        "io.hydra.layout..",
        "io.hydra.model..",
        "io.hydra.wire..");
  }
}

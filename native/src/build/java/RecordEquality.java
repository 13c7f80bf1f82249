import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes out the {@code equals} of records in compiled classes, as {@link Record#equals} defines
 * it. The one of the compiler is linked at run time, and native executables interpret it: ten
 * microseconds and some kilobytes of garbage where this takes nanoseconds. See ADR 028.
 *
 * <p>{@code java RecordEquality.java DIRECTORY}, with the classes of a module. Records with an
 * {@code equals} of their own, and those that were changed before, stay as they are.
 */
final class RecordEquality {
  private static final ClassDesc LINKER = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc EQUALS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);
  private static final MethodTypeDesc OBJECTS_EQUALS =
      MethodTypeDesc.of(
          ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

  private RecordEquality() {}

  public static void main(String[] arguments) throws IOException {
    var directory = Path.of(arguments[0]);
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> classes;
    try (Stream<Path> files = Files.walk(directory)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    classes.parallelStream().forEach(RecordEquality::writeOut);
  }

  private static void writeOut(Path file) {
    try {
      var before = ClassFile.of().parse(file);
      if (before.methods().stream().noneMatch(RecordEquality::isLinkedLate)) {
        return;
      }
      var after =
          ClassFile.of()
              .transformClass(
                  before,
                  ClassTransform.dropping(
                          element ->
                              element instanceof MethodModel method && isLinkedLate(method))
                      .andThen(
                          ClassTransform.endHandler(
                              type ->
                                  type.withMethodBody(
                                      "equals",
                                      EQUALS,
                                      ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
                                      code -> compare(before, code)))));
      Files.write(file, after);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static boolean isLinkedLate(MethodModel method) {
    return method.methodName().equalsString("equals")
        && method.methodTypeSymbol().equals(EQUALS)
        && method.code().stream()
            .flatMap(code -> code.elementStream())
            .anyMatch(
                instruction ->
                    instruction instanceof InvokeDynamicInstruction call
                        && call.bootstrapMethod().owner().equals(LINKER));
  }

  private static void compare(ClassModel type, CodeBuilder code) {
    var self = type.thisClass().asSymbol();
    var components =
        type.findAttribute(Attributes.record()).orElseThrow().components();
    var cast = code.newLabel();
    var differ = code.newLabel();
    code.aload(0).aload(1).ifThen(
        Opcode.IF_ACMPEQ, same -> same.iconst_1().ireturn());
    code.aload(1).instanceOf(self).ifne(cast).goto_(differ);
    code.labelBinding(cast).aload(1).checkcast(self).astore(2);
    for (var component : components) {
      code.aload(0).getfield(self, component.name().stringValue(), component.descriptorSymbol());
      code.aload(2).getfield(self, component.name().stringValue(), component.descriptorSymbol());
      goWhereTheyDiffer(component, code, differ);
    }
    code.iconst_1().ireturn();
    code.labelBinding(differ).iconst_0().ireturn();
  }

  private static void goWhereTheyDiffer(
      RecordComponentInfo component, CodeBuilder code, Label differ) {
    switch (component.descriptor().stringValue()) {
      case "Z", "B", "S", "C", "I" -> code.if_icmpne(differ);
      case "J" -> code.lcmp().ifne(differ);
      case "F" -> compared(code, ConstantDescs.CD_Float, ConstantDescs.CD_float).ifne(differ);
      case "D" -> compared(code, ConstantDescs.CD_Double, ConstantDescs.CD_double).ifne(differ);
      default -> code.invokestatic(OBJECTS, "equals", OBJECTS_EQUALS).ifeq(differ);
    }
  }

  /** Not a number equals itself, and the zeros differ. */
  private static CodeBuilder compared(CodeBuilder code, ClassDesc boxed, ClassDesc plain) {
    return code.invokestatic(
        boxed, "compare", MethodTypeDesc.of(ConstantDescs.CD_int, plain, plain));
  }
}

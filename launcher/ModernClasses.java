import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rewrites the classes of Java 5 and older in a folder's jars to the form of Java 8, with stack maps.
 *
 * <p>Java keeps no class older than Java 6 in its ahead-of-time cache, so such a jar would be parsed and verified anew at
 * each start. Only the format changes; the instructions stay. Jars without old classes are left as they are.
 *
 * <p>Usage: {@code java ModernClasses.java FOLDER}
 */
final class ModernClasses {

    private static final int MAGIC_AND_MINOR_BYTES = 6;

    private ModernClasses() {}

    public static void main(String... arguments) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(arguments[0]))) {
            for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                modernise(jar);
            }
        }
    }

    private static void modernise(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path root = files.getPath("/");
            List<Path> old;
            try (Stream<Path> all = Files.walk(root)) {
                old = all.filter(path -> path.toString().endsWith(".class") && isOld(path))
                        .toList();
            }
            // Frames merge types, so the resolver must know the jar's own classes.
            ClassHierarchyResolver resolver = ClassHierarchyResolver.ofResourceParsing(
                            type -> open(root.resolve(fileOf(type))))
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached();
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(resolver));
            for (Path file : old) {
                byte[] modern = format.transformClass(
                        format.parse(Files.readAllBytes(file)),
                        ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))
                                .andThen(ClassTransform.transformingMethodBodies((code, element) -> code.with(element))));
                Files.write(file, modern);
            }
            if (!old.isEmpty()) {
                System.out.println(jar.getFileName() + ": " + old.size() + " classes rewritten");
            }
        }
    }

    private static boolean isOld(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int major = (bytes[MAGIC_AND_MINOR_BYTES] & 0xff) << 8 | bytes[MAGIC_AND_MINOR_BYTES + 1] & 0xff;
            return major < ClassFile.JAVA_6_VERSION;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fileOf(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    private static java.io.InputStream open(Path file) {
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

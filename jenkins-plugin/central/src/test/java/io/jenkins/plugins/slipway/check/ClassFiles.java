package io.jenkins.plugins.slipway.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Compiled classes, by internal name. */
public final class ClassFiles {
    private ClassFiles() {}

    /** The plugin's own classes. */
    public static SortedMap<String, ClassNode> ofPlugin() throws IOException {
        return in(Path.of(System.getProperty("plugin.classes")));
    }

    /** The classes of the folder or jar that this class came from. */
    public static SortedMap<String, ClassNode> beside(Class<?> type) throws IOException {
        try {
            Path place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return in(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return in(jar.getPath("/"));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** The classes below a folder. */
    public static SortedMap<String, ClassNode> in(Path folder) throws IOException {
        SortedMap<String, ClassNode> classes = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                ClassNode node = new ClassNode();
                new ClassReader(in).accept(node, 0);
                classes.put(node.name, node);
            }
        }
        return classes;
    }
}

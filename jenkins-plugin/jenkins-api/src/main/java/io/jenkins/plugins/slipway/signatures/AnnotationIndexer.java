package io.jenkins.plugins.slipway.signatures;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.jvnet.hudson.annotation_indexer.Indexed;

/**
 * Lists the classes that carry an annotation marked {@link Indexed}, where Jenkins looks for them:
 * {@code META-INF/services/annotations/<annotation>}, one binary class name a line. Without these lists symbols and
 * initializers are silently not found.
 */
@SupportedAnnotationTypes("*")
public final class AnnotationIndexer extends AbstractProcessor {
    private final SortedMap<String, SortedSet<String>> index = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            if (annotation.getAnnotation(Indexed.class) != null) {
                round.getElementsAnnotatedWith(annotation)
                        .forEach(element -> add(annotation.getQualifiedName().toString(), element));
            }
        }
        if (round.processingOver()) {
            index.forEach(this::write);
        }
        return false;
    }

    private void add(String annotation, Element element) {
        Element type = element;
        while (type != null && !(type instanceof TypeElement)) {
            type = type.getEnclosingElement();
        }
        if (type != null) {
            index.computeIfAbsent(annotation, a -> new TreeSet<>())
                    .add(processingEnv
                            .getElementUtils()
                            .getBinaryName((TypeElement) type)
                            .toString());
        }
    }

    private void write(String annotation, Set<String> classes) {
        String name = "META-INF/services/annotations/" + annotation;
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", name)
                .openWriter()) {
            for (String type : classes) {
                out.write(type + "\n");
            }
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "cannot write " + name + ": " + e);
        }
    }
}

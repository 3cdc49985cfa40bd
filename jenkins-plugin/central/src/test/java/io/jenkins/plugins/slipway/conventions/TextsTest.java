package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import io.jenkins.plugins.slipway.check.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

/** Every text that people read is in a properties file, and every text there is read. */
class TextsTest {
    private static final Pattern KEY = Pattern.compile("\\$\\{%([A-Za-z0-9_.]+)");

    @Test
    void pagesAndTheirTextsAgree() throws IOException {
        for (Path page : PluginFiles.endingWith(".jelly")) {
            Set<String> used = new TreeSet<>();
            Matcher keys = KEY.matcher(Files.readString(page));
            while (keys.find()) {
                used.add(keys.group(1));
            }
            Path texts = page.resolveSibling(page.getFileName().toString().replace(".jelly", ".properties"));
            assertThat(PluginFiles.properties(texts).stringPropertyNames())
                    .as(PluginFiles.name(page))
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void programAndMessagesAgree() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> generated = new TreeSet<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            if (node.name.endsWith("/Messages")) {
                generated.add(node.name);
                continue;
            }
            References.of(node).uses().stream()
                    .filter(use -> use.owner().endsWith("/Messages"))
                    .forEach(use -> used.add(use.owner() + " " + use.name()));
        }
        Set<String> defined = new TreeSet<>();
        for (Path file : PluginFiles.endingWith("Messages.properties")) {
            String owner = PluginFiles.name(file).replace(".properties", "");
            assertThat(generated).contains(owner);
            PluginFiles.properties(file)
                    .stringPropertyNames()
                    .forEach(key -> defined.add(owner + " " + key.replace('.', '_')));
        }
        assertThat(used).isEqualTo(defined);
    }

    @Test
    void textsAreWhatMessageFormatExpects() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path file : PluginFiles.endingWith(".properties")) {
            Properties texts = PluginFiles.properties(file);
            for (String key : texts.stringPropertyNames()) {
                String text = texts.getProperty(key);
                // A single quote would swallow what follows it.
                if (text.replace("''", "").contains("'")) {
                    problems.add(PluginFiles.name(file) + " " + key + ": a quote that is not doubled");
                }
                new MessageFormat(text);
            }
        }
        assertThat(problems).isEmpty();
    }
}

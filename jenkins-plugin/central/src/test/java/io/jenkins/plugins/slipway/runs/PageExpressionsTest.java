package io.jenkins.plugins.slipway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.jexl.ExpressionFactory;
import org.apache.commons.jexl.JexlContext;
import org.junit.jupiter.api.Test;

/** What the pages ask of the program is there: a misspelt property shows as nothing, and nobody notices. */
class PageExpressionsTest {
    private static final Path RESOURCES = Path.of(System.getProperty("plugin.folder"), "src/main/resources");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

    private static List<Path> pages(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(f -> f.toString().endsWith(".jelly")).sorted().toList();
        }
    }

    /** The expressions of a page; of a text with arguments, each argument. */
    private static List<String> expressions(Path page) throws IOException {
        List<String> expressions = new ArrayList<>();
        Matcher matcher = EXPRESSION.matcher(Files.readString(page));
        while (matcher.find()) {
            String expression = matcher.group(1);
            if (!expression.startsWith("%")) {
                expressions.add(expression);
            } else if (expression.contains("(")) {
                String arguments = expression.substring(expression.indexOf('(') + 1, expression.lastIndexOf(')'));
                expressions.addAll(List.of(arguments.split(",\\s*")));
            }
        }
        return expressions;
    }

    @Test
    void everyExpressionIsWellFormed() throws Exception {
        for (Path page : pages(RESOURCES)) {
            for (String expression : expressions(page)) {
                assertThat(ExpressionFactory.createExpression(expression))
                        .as(page + " " + expression)
                        .isNotNull();
            }
        }
    }

    private static Map<String, Object> variables(Entry entry) throws IOException {
        Map<String, Object> variables = new HashMap<>();
        variables.put("it", Samples.action(true));
        variables.put("build", Samples.BUILD);
        variables.put("entry", entry);
        variables.put("matrix", Samples.BUILD.getMatrix());
        variables.put("column", "src");
        variables.put("row", Samples.BUILD.getMatrix().getRows().get(0));
        variables.put("cell", List.of(Samples.TASK));
        variables.put("release", Samples.RELEASE);
        variables.put("objection", "x");
        variables.put("failure", "x");
        variables.put("line", Samples.RELEASE.getPlan().get(0));
        return variables;
    }

    @Test
    void everyPropertyOfTheRunPageExists() throws Exception {
        Map<String, Entry> entries = Map.of(
                "builds", Samples.TASK,
                "composes", Samples.COMPOSE,
                "signatures", Samples.SIGNATURE,
                "tests", Samples.TEST,
                "state", Samples.BUILD,
                "releases", Samples.RELEASE);
        for (Path page : pages(RESOURCES.resolve("io/jenkins/plugins/slipway/runs"))) {
            String name = page.getFileName().toString().replace(".jelly", "");
            if (Set.of("index", "summary").contains(name)) {
                continue; // these speak of the run, which only Jenkins has
            }
            Map<String, Object> variables = variables(entries.get(name));
            for (String expression : expressions(page)) {
                JexlContext context = new Context(variables);
                assertThat(ExpressionFactory.createExpression(expression).evaluate(context))
                        .as(name + " " + expression)
                        .isNotNull();
            }
        }
    }

    private record Context(Map<String, Object> variables) implements JexlContext {
        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Map getVars() {
            return variables;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public void setVars(Map map) {
            variables.clear();
        }
    }
}

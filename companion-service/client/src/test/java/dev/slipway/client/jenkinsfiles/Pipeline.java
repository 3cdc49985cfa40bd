package dev.slipway.client.jenkinsfiles;

import com.lesfurets.jenkins.unit.BasePipelineTest;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs one Jenkinsfile, scripted or declarative, with the bound steps and harmless stand-ins for the others. */
final class Pipeline extends BasePipelineTest {
    private static final Path FOLDER = Path.of("..", "..", "jenkinsfiles");
    private static final List<String> STEPS =
            List.of("packageBuild", "packageTest", "packageSign", "packageCompose", "packageRelease", "packageWorker");
    /** Words of declarative pipelines that hold others. */
    private static final List<String> BLOCKS =
            List.of("pipeline", "stages", "steps", "script", "parameters", "options");

    final BoundSteps steps;
    /** What was said, asked and run beside our steps, in order. */
    final List<String> others = new ArrayList<>();

    private final Map<String, Object> currentBuild = new java.util.HashMap<>();
    private Map<String, Object> scm = Map.of();

    Pipeline(BoundSteps steps) {
        this.steps = steps;
    }

    /** Says which repository the pipeline comes from, as a multibranch job does. */
    void comesFrom(String url) {
        scm = Map.of("userRemoteConfigs", List.of(Map.of("url", url)));
    }

    /** @param shell what the {@code sh} step does with a command */
    void run(String file, Map<String, Object> params, Map<String, Object> env, Function<String, Object> shell)
            throws Exception {
        setScriptRoots(new String[] {FOLDER.toString()});
        setScriptExtension("Jenkinsfile");
        setUp();
        for (String step : STEPS) {
            register(step, List.of(Map.class), args -> steps.call(step, (Map<?, ?>) args[0]));
        }
        for (String block : BLOCKS) {
            register(block, List.of(Closure.class), args -> ((Closure<?>) args[0]).call());
        }
        register("agent", List.of(Object.class), args -> null);
        register("timeout", List.of(Map.class), args -> null);
        register("timeout", List.of(Map.class, Closure.class), args -> ((Closure<?>) args[1]).call());
        register("disableConcurrentBuilds", List.of(), args -> null);
        register("pipelineTriggers", List.of(List.class), args -> null);
        register("properties", List.of(List.class), args -> null);
        register("cron", List.of(String.class), args -> null);
        register("string", List.of(Map.class), args -> null);
        register("junit", List.of(Map.class), args -> others.add("junit"));
        register("input", List.of(Map.class), args -> others.add("input " + ((Map<?, ?>) args[0]).get("message")));
        register("echo", List.of(String.class), args -> others.add("echo " + args[0]));
        register("sh", List.of(String.class), args -> {
            others.add("sh " + args[0]);
            return shell.apply(String.valueOf(args[0]));
        });
        register("error", List.of(String.class), args -> {
            throw new BoundSteps.StepFailed(String.valueOf(args[0]));
        });
        getBinding().setVariable("none", "none");
        getBinding().setVariable("params", params);
        getBinding().setVariable("env", env);
        getBinding().setVariable("currentBuild", currentBuild);
        getBinding().setVariable("scm", scm);
        runScript(file);
    }

    String description() {
        return String.valueOf(currentBuild.get("description"));
    }

    private void register(String name, List<Class<?>> types, Function<Object[], Object> does) {
        getHelper().registerAllowedMethod(name, new ArrayList<Class>(types), new Closure<Object>(this) {
            private static final long serialVersionUID = 1L;

            @Override
            public Object call(Object... args) {
                return does.apply(args);
            }

            @SuppressWarnings({"unused", "EffectivelyPrivate"}) // how Groovy learns what the closure takes
            public Object doCall(Object... args) {
                return does.apply(args);
            }
        });
    }
}

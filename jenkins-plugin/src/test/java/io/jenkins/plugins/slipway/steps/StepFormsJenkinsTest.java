package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.net.URL;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** What scripts and forms say comes back as it was said. */
@WithJenkins
class StepFormsJenkinsTest {
    private static final List<String> STEPS =
            List.of("packageBuild", "packageTest", "packageSign", "packageCompose", "packageRelease", "packageWorker");

    private static void comesBack(Class<? extends Step> type, Map<String, Object> arguments) throws Exception {
        Step step = DescribableModel.of(type).instantiate(arguments, null);
        assertThat(DescribableModel.uninstantiate_(step))
                .containsAllEntriesOf(arguments)
                .hasSameSizeAs(arguments);
    }

    @Test
    void scriptsComeBackWithoutWhatTheyLeaveOut(JenkinsRule r) throws Exception {
        comesBack(
                PackageBuildStep.class,
                Map.of(
                        "platforms",
                        List.of("el9"),
                        "sources",
                        List.of(Map.of("url", "https://git.example/w.git", "ref", "v1")),
                        "skipTests",
                        true));
        comesBack(PackageTestStep.class, Map.of("build", 812L, "onFailure", "unstable"));
        comesBack(PackageSignStep.class, Map.of("build", 812L, "key", "release"));
        comesBack(PackageComposeStep.class, Map.of("builds", List.of(812L), "lifetime", "24h"));
        comesBack(PackageReleaseStep.class, Map.of("builds", List.of(812L, 815L), "platform", "el9", "dryRun", true));
        comesBack(PackageWorkerStep.class, Map.of("kinds", List.of("build"), "untilIdle", true));
    }

    @Test
    void sourcesAreMapsInScripts(JenkinsRule r) throws Exception {
        PackageBuildStep step = DescribableModel.of(PackageBuildStep.class)
                .instantiate(
                        Map.of(
                                "platforms", List.of("el9"),
                                "sources", List.of(Map.of("url", "https://git.example/w.git", "ref", "v1")),
                                "linkedBuilds", List.of(811)),
                        null);
        assertThat(step.getSources().get(0).getRef()).isEqualTo("v1");
        assertThat(step.getLinkedBuilds()).containsExactly(811L);
        assertThat(step.isPropagate()).isTrue();
    }

    @Test
    void theSnippetGeneratorOffersEveryStep(JenkinsRule r) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        String page = r.createWebClient()
                .getPage(job, "pipeline-syntax/")
                .getWebResponse()
                .getContentAsString();
        assertThat(STEPS).allSatisfy(step -> {
            assertThat(StepDescriptor.byFunctionName(step)).as(step).isNotNull();
            assertThat(page).contains(step + ":");
        });
    }

    @Test
    void theSnippetGeneratorWritesWhatTheFormSays(JenkinsRule r) throws Exception {
        JSONObject form = new JSONObject();
        form.put("stapler-class", PackageComposeStep.class.getName());
        form.put("$class", PackageComposeStep.class.getName());
        form.put("packages", "wordfreq, libtally*");
        form.put("builds", "812");
        form.put("lifetime", "24h");
        assertThat(snippet(r, form))
                .startsWith("packageCompose ")
                .contains("builds: [812]", "packages: ['wordfreq', 'libtally*']", "lifetime: '24h'")
                .doesNotContain("noReuse", "label");
    }

    @Test
    void theSnippetGeneratorLeavesOutWhatAFormLeavesAsItIs(JenkinsRule r) throws Exception {
        assertThat(snippet(r, PackageBuildStep.class, """
                        {platforms: 'el9', sources: {url: 'https://git.example/w.git', ref: '', commit: '', srpm: false,
                         batch: '0'}, arches: '', linkedBuilds: '', definitions: '', with: '', without: '',
                         independent: false, skipTests: false, priority: '0', propagate: true, wait: true, server: ''}
                        """))
                .isEqualTo("packageBuild platforms: ['el9'], sources: [[url: 'https://git.example/w.git']]");
        assertThat(snippet(
                        r,
                        PackageTestStep.class,
                        "{build: '812', onFailure: 'failure', junitFile: '', rerun: false, server: ''}"))
                .isEqualTo("packageTest 812");
        assertThat(
                        snippet(
                                r,
                                PackageSignStep.class,
                                "{build: '812', key: '', credentialsId: '', passphraseCredentialsId: '', program: '', server: ''}"))
                .isEqualTo("packageSign 812");
        assertThat(snippet(r, PackageComposeStep.class, """
                        {builds: '812', packages: '', platform: '', lifetime: '', repositories: '', distributions: '',
                         arches: '', keys: '', includeDebug: false, includeSources: false, noReuse: false, label: '',
                         event: '', server: ''}
                        """)).isEqualTo("packageCompose(builds: [812])");
        assertThat(snippet(r, PackageReleaseStep.class, """
                        {builds: '812', platform: 'el9', dryRun: false, commit: false, distribution: '', release: '0',
                         revertTo: '0', server: ''}
                        """))
                .isEqualTo("packageRelease builds: [812], platform: 'el9'");
        assertThat(snippet(r, PackageWorkerStep.class, """
                        {kinds: '', arches: '', untilIdle: false, build: '0', parallel: '0', name: '', program: '',
                         home: '', server: ''}
                        """)).isEqualTo("packageWorker()");
    }

    private static String snippet(JenkinsRule r, Class<? extends Step> type, String fields) throws Exception {
        JSONObject form = JSONObject.fromObject(fields);
        form.put("stapler-class", type.getName());
        form.put("$class", type.getName());
        return snippet(r, form);
    }

    @Test
    void formsGiveBackWhatTheyAreFilledWith(JenkinsRule r) throws Exception {
        Map<String, Object> source = Map.of("url", "https://git.example/w.git", "ref", "v1", "batch", 2);
        List<Step> steps = List.of(
                step(PackageBuildStep.class, Map.of("platforms", List.of("el9"), "sources", List.of(source))),
                step(
                        PackageBuildStep.class,
                        Map.of(
                                "platforms",
                                List.of("el9", "debian-13"),
                                "sources",
                                List.of(source, Map.of("url", "https://a.example/w.src.rpm", "srpm", true)),
                                "linkedBuilds",
                                List.of(811L, 810L),
                                "definitions",
                                List.of("dist .a b", "_x 1"),
                                "with",
                                List.of("tests"),
                                "priority",
                                3,
                                "propagate",
                                false,
                                "wait",
                                false,
                                "server",
                                "main")),
                step(PackageTestStep.class, Map.of("build", 812L)),
                step(
                        PackageTestStep.class,
                        Map.of("build", 812L, "onFailure", "ignore", "junitFile", "a/b.xml", "rerun", true)),
                step(PackageSignStep.class, Map.of("build", 812L)),
                step(
                        PackageSignStep.class,
                        Map.of(
                                "build", 812L,
                                "key", "release",
                                "credentialsId", "a-key",
                                "passphraseCredentialsId", "a-passphrase",
                                "program", "/opt/slipway")),
                step(PackageComposeStep.class, Map.of("builds", List.of(812L))),
                step(
                        PackageComposeStep.class,
                        Map.of(
                                "builds", List.of(812L, 815L),
                                "packages", List.of("wordfreq", "lib*"),
                                "repositories", List.of("demo-el9"),
                                "arches", List.of("x86_64"),
                                "keys", List.of("5D6E7F8091A2B3C4"),
                                "lifetime", "24h",
                                "includeDebug", true,
                                "noReuse", true,
                                "label", "a label, of words")),
                step(PackageReleaseStep.class, Map.of("builds", List.of(812L), "platform", "el9", "dryRun", true)),
                step(PackageReleaseStep.class, Map.of("revertTo", 5L)),
                step(PackageWorkerStep.class, Map.of()),
                step(
                        PackageWorkerStep.class,
                        Map.of(
                                "kinds",
                                List.of("build", "test"),
                                "untilIdle",
                                true,
                                "build",
                                812L,
                                "parallel",
                                2,
                                "home",
                                "/srv/a b")));
        FreeStyleProject job = r.createFreeStyleProject();
        for (Step step : steps) {
            job.getBuildersList().add(new OneStep(step));
        }

        r.configRoundtrip(job);

        assertThat(job.getBuildersList().getAll(OneStep.class))
                .extracting(after -> DescribableModel.uninstantiate_(after.getStep()))
                .containsExactlyElementsOf(
                        steps.stream().map(DescribableModel::uninstantiate_).toList());
    }

    private static Step step(Class<? extends Step> type, Map<String, Object> arguments) throws Exception {
        return DescribableModel.of(type).instantiate(arguments, null);
    }

    /** Has the form of a pipeline's step in that of a job, where it can be stored. */
    public static final class OneStep extends Builder {
        private final Step step;

        @DataBoundConstructor
        public OneStep(Step step) {
            this.step = step;
        }

        public Step getStep() {
            return step;
        }

        /** Forms of all steps that there are would be more than a browser may send. */
        @TestExtension("formsGiveBackWhatTheyAreFilledWith")
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }

            public List<StepDescriptor> choices(OneStep instance) {
                return instance == null ? List.of() : List.of(instance.getStep().getDescriptor());
            }
        }
    }

    @Test
    void theSnippetGeneratorLetsOneChooseWhatFailedTestsMean(JenkinsRule r) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        JenkinsRule.WebClient web = r.createWebClient();
        HtmlPage page = web.getPage(job, "pipeline-syntax/");
        HtmlSelect steps = page.querySelector("select.dropdownList");
        steps.setSelectedAttribute(
                steps.getOptions().stream()
                        .filter(option -> option.getText().startsWith("packageTest:"))
                        .findFirst()
                        .orElseThrow(),
                true);
        web.waitForBackgroundJavaScript(20_000);
        HtmlSelect meaning = page.querySelector("select[name='_.onFailure']");
        assertThat(meaning.getOptions())
                .extracting(HtmlOption::getValueAttribute)
                .containsExactly("failure", "unstable", "ignore");
        assertThat(snippet(r, test("unstable"))).contains("onFailure: 'unstable'");
        assertThat(snippet(r, test("failure"))).doesNotContain("onFailure");
    }

    private static JSONObject test(String onFailure) {
        JSONObject form = new JSONObject();
        form.put("stapler-class", PackageTestStep.class.getName());
        form.put("$class", PackageTestStep.class.getName());
        form.put("build", "812");
        form.put("onFailure", onFailure);
        return form;
    }

    private static String snippet(JenkinsRule r, JSONObject form) throws Exception {
        JenkinsRule.WebClient web = r.createWebClient();
        WebRequest request = new WebRequest(new URL(r.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", form.toString())));
        web.addCrumb(request);
        return web.getPage(request).getWebResponse().getContentAsString().trim();
    }
}

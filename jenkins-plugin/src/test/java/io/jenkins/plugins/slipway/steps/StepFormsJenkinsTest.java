package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

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

package io.jenkins.plugins.slipway.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.apache.commons.io.FileUtils;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RunPageJenkinsTest {
    private static final String EVIL = "<script>alert('x')</script>\"'";

    private JenkinsRule r;
    private FreeStyleBuild run;

    @BeforeEach
    void fill(JenkinsRule rule) throws Exception {
        r = rule;
        FreeStyleProject job = r.createFreeStyleProject("job");
        run = r.buildAndAssertSuccess(job);
        SlipwayRunAction.update(run, action -> {
            action.put(new BuildEntry(
                    "main",
                    "5",
                    "https://companion.example/builds/5",
                    "failed",
                    EVIL,
                    List.of(
                            new TaskEntry(
                                    "main", "17", "https://companion.example/17", "failed", EVIL, EVIL, "el9", "src"),
                            new TaskEntry("main", "18", null, "error", null, "wordfreq", "el9", "x86_64"))));
            action.put(new TestEntry("main", "31", null, "failed", EVIL, "5", "el9", "x86_64", 2, 0, List.of(EVIL)));
            action.put(new SignatureEntry("main", "40", null, "completed", null, "5", EVIL, "9F2C", 3));
            action.put(new ComposeEntry(
                    "main", "8", "javascript:alert(1)", "done", null, true, 3, System.currentTimeMillis()));
            action.put(new ReleaseEntry(
                    "main",
                    "2",
                    null,
                    "completed",
                    null,
                    "el9",
                    EVIL,
                    true,
                    List.of(new PlanLine(EVIL, "demo/el9")),
                    List.of(EVIL)));
        });
    }

    @Test
    void thePageShowsEverythingAsText() throws Exception {
        HtmlPage page = r.createWebClient().getPage(run, "slipway");
        String html = page.getWebResponse().getContentAsString();
        assertThat(html).doesNotContain("<script>alert").doesNotContain("javascript:alert");
        assertThat(page.asNormalizedText())
                .contains("Build 5", "wordfreq", "x86_64", "9F2C", "demo/el9", "<script>alert('x')</script>");
    }

    @Test
    void theRunPageHasARowThatLeadsThere() throws Exception {
        HtmlPage page = r.createWebClient().getPage(run);
        assertThat(page.asNormalizedText()).contains("Build 5: failed", "Compose 8: done", "Release 2: completed");
        assertThat(page.getAnchors()).anyMatch(a -> a.getHrefAttribute().endsWith("slipway"));
    }

    @Test
    void statesAreWordsAndSymbols() throws Exception {
        HtmlPage page = r.createWebClient().getPage(run, "slipway");
        assertThat(page.asNormalizedText()).contains("failed", "error", "completed");
        assertThat(page.querySelectorAll("table svg")).isNotEmpty();
    }

    @Test
    void tablesThatScrollAreStopsOfTheKeyboardWithNames() throws Exception {
        HtmlPage page = r.createWebClient().getPage(run, "slipway");
        assertThat(page.querySelectorAll(".slipway-table"))
                .extracting(div -> ((HtmlElement) div).getAttribute("tabindex")
                        + " "
                        + ((HtmlElement) div).getAttribute("aria-label"))
                .containsExactly("0 Tasks of build 5", "0 Tests", "0 Signatures", "0 Composes", "0 Plan of release 2");
    }

    @Test
    void linksToLogsSayWhichOne() throws Exception {
        HtmlPage page = r.createWebClient().getPage(run, "slipway");
        assertThat(page.getAnchors())
                .extracting(a -> a.getAttribute("aria-label"))
                .anyMatch(label -> label.startsWith("Log of <script>") && label.endsWith("el9, src"));
    }

    @Test
    void aBuildOfThousandsOfTasksIsShownInPart() throws Exception {
        SlipwayRunAction.update(
                run,
                action -> action.put(new BuildEntry(
                        "main",
                        "6",
                        null,
                        "running",
                        null,
                        Collections.nCopies(
                                5000,
                                new TaskEntry("main", "19", null, "succeeded", null, "wordfreq", "el9", "x86_64")))));
        HtmlPage page = r.createWebClient().getPage(run, "slipway");
        assertThat(page.asNormalizedText()).contains("3,000 of the 5,000 tasks are not kept here");
        assertThat(run.getRootDir().toPath().resolve("build.xml"))
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(2 << 20));
    }

    @Test
    void theInterfaceGivesTheSame() throws Exception {
        JSONObject action = r.getJSON(run.getUrl() + "slipway/api/json").getJSONObject();
        assertThat(action.getJSONArray("builds").getJSONObject(0).getString("id"))
                .isEqualTo("5");
        assertThat((List<?>) action.getJSONArray("builds").getJSONObject(0).getJSONArray("tasks"))
                .hasSize(2);
    }

    @Test
    void survivesBeingStored() throws Exception {
        r.jenkins.reload();
        SlipwayRunAction action = r.jenkins
                .getItemByFullName(run.getParent().getFullName(), Job.class)
                .getLastBuild()
                .getAction(SlipwayRunAction.class);
        assertThat(action.getBuilds().get(0).getTasks()).hasSize(2);
        assertThat(action.getReleases().get(0).getPlan()).hasSize(1);
    }

    /** The file is what a run of version 1.0 left. */
    @Test
    void whatAnOlderPluginStoredIsStillShown() throws Exception {
        WorkflowJob old = r.createProject(WorkflowJob.class, "old");
        try (InputStream stored = getClass().getResourceAsStream("stored-by-1.0.xml")) {
            FileUtils.copyInputStreamToFile(stored, new File(old.getBuildDir(), "1/build.xml"));
        }
        r.jenkins.reload();

        Run<?, ?> loaded = r.jenkins.getItemByFullName("old", WorkflowJob.class).getBuildByNumber(1);

        SlipwayRunAction action = loaded.getAction(SlipwayRunAction.class);
        BuildEntry build = action.getBuilds().get(0);
        assertThat(build.getServer() + " " + build.getId() + " " + build.getState())
                .isEqualTo("main 812 succeeded");
        assertThat(build.getUrl()).isEqualTo("https://companion.example/api/v1/builds/812/");
        assertThat(build.getTasks())
                .extracting(TaskEntry::getSource, TaskEntry::getPlatform, TaskEntry::getArch, TaskEntry::getState)
                .containsExactly(tuple("wordfreq", "el9", "x86_64", "succeeded"));
        TestEntry test = action.getTests().get(0);
        assertThat(List.of(test.getPassed(), test.getFailed(), test.getSkipped()))
                .containsExactly(2, 1, 0);
        assertThat(test.getFailures()).containsExactly("wordfreq counts");
        SignatureEntry signature = action.getSignatures().get(0);
        assertThat(signature.getKeyName() + " " + signature.getFingerprint() + " " + signature.getPackages())
                .isEqualTo("release 9F2C0A4D5E6B7081920A3B4C5D6E7F8091A2B3C4 2");
        ComposeEntry compose = action.getComposes().get(0);
        assertThat(compose.getPackages()).isEqualTo(3);
        assertThat(compose.getExpires()).isEqualTo("2031-11-02T10:00:00Z");
        ReleaseEntry release = action.getReleases().get(0);
        assertThat(release.getPlan())
                .extracting(PlanLine::getPackageName, PlanLine::getRepositories)
                .containsExactly(tuple("wordfreq-1.3-1.x86_64", "demo-el9"));
        assertThat(release.getObjections()).containsExactly("red signature: wordfreq-1.3-1 has no signature");
        assertThat(loaded.getAction(InterruptedBuildAction.class).getCauses())
                .extracting(CauseOfInterruption::getShortDescription)
                .containsExactly("release 5 cannot be committed: wordfreq-1.3-1 has no signature");
    }

    @Test
    void whoMayNotReadTheJobSeesNothing() throws Exception {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        r.createWebClient().login("reader").getPage(run, "slipway");
        r.createWebClient().login("stranger").assertFails(run.getUrl() + "slipway", 404);
        r.createWebClient().login("stranger").assertFails(run.getUrl() + "slipway/api/json", 404);
    }
}

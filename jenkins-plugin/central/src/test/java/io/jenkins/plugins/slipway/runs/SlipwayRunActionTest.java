package io.jenkins.plugins.slipway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlipwayRunActionTest {
    @Test
    void aNewerEntryTakesThePlaceOfTheSameThing() throws IOException {
        SlipwayRunAction action = Samples.action(true);
        action.put(new BuildEntry("main", "6", null, "running", null, List.of()));
        action.put(new BuildEntry("main", "5", null, "succeeded", null, List.of()));
        assertThat(action.getBuilds())
                .extracting(b -> b.getId() + " " + b.getState())
                .containsExactly("5 succeeded", "6 running");
    }

    @Test
    void theSameIdOnAnotherServerIsAnotherThing() throws IOException {
        SlipwayRunAction action = Samples.action(true);
        action.put(new ComposeEntry("other", "8", null, "wait", null, false, 0, 0));
        assertThat(action.getComposes()).hasSize(2);
    }

    @Test
    void whoMayNotReadTheRunSeesNothing() throws IOException {
        SlipwayRunAction action = Samples.action(false);
        assertThat(action.getBuilds()).isEmpty();
        assertThat(action.getTests()).isEmpty();
        assertThat(action.getSignatures()).isEmpty();
        assertThat(action.getComposes()).isEmpty();
        assertThat(action.getReleases()).isEmpty();
        assertThat(action.getHeadlines()).isEmpty();
        assertThat(action.getIconFileName()).isNull();
    }

    @Test
    void theRowNamesWhatWasDone() throws IOException {
        assertThat(Samples.action(true).getHeadlines())
                .containsExactly(
                        "Build 5: running",
                        "Tests of build 5 on el9, x86_64: failed",
                        "Signatures of build 5 with release: completed",
                        "Compose 8: done",
                        "Release 2: completed");
    }

    @Test
    void foreignTextsHoldNothingThatCannotBeStored() {
        assertThat(new PlanLine("a\u0000b\u001B[31mc\u202E", "d\uFFFE").getPackageName())
                .isEqualTo("abc");
        assertThat(new PlanLine("", "d\uFFFE").getRepositories()).isEqualTo("d\uFFFD");
    }

    @Test
    void aLongTextIsNotCutInTheMiddleOfACharacter() {
        String cut = new PlanLine("x".repeat(498) + "\uD83D\uDE00 and more", "").getPackageName();
        assertThat(cut).isEqualTo("x".repeat(498) + "\u2026");
    }

    @Test
    void survivesBeingStored() throws IOException {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.slipway.runs.*"});
        String stored = xstream.toXML(Samples.action(true));
        SlipwayRunAction loaded = (SlipwayRunAction) xstream.fromXML(stored);
        loaded.onLoad(new FakeRun(true));
        assertThat(loaded.getBuilds().get(0).getTasks().get(0))
                .usingRecursiveComparison()
                .isEqualTo(Samples.TASK);
        assertThat(loaded.getReleases().get(0)).usingRecursiveComparison().isEqualTo(Samples.RELEASE);
        assertThat(xstream.toXML(loaded)).isEqualTo(stored);
    }

    @Test
    void loadsARunOfAnOlderVersionThatLacksAList() throws IOException {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.slipway.runs.*"});
        SlipwayRunAction loaded = (SlipwayRunAction)
                xstream.fromXML(
                        "<io.jenkins.plugins.slipway.runs.SlipwayRunAction><builds/></io.jenkins.plugins.slipway.runs.SlipwayRunAction>");
        loaded.onLoad(new FakeRun(true));
        assertThat(loaded.getReleases()).isEmpty();
        loaded.put(Samples.RELEASE);
        assertThat(loaded.getReleases()).hasSize(1);
    }

    @Test
    void linksOnlyToTheWeb() {
        assertThat(new ComposeEntry("main", "1", "javascript:alert(1)", "done", null, false, 0, 0).getUrl())
                .isNull();
    }

    private static BuildEntry build(int id, int tasks, int failed) {
        return new BuildEntry(
                "main",
                Integer.toString(id),
                null,
                "running",
                null,
                IntStream.range(0, tasks)
                        .mapToObj(i -> new TaskEntry(
                                "main",
                                Integer.toString(i),
                                null,
                                i >= tasks - failed ? "failed" : "succeeded",
                                null,
                                "source" + i,
                                "el9",
                                "x86_64"))
                        .toList());
    }

    @Test
    void ofThousandsOfTasksThoseThatFailedAreKept() {
        BuildEntry build = build(1, 9000, 30);
        assertThat(build.getTasks()).hasSize(2000);
        assertThat(build.getTasks().subList(1970, 2000))
                .allMatch(task -> task.getState().equals("failed"));
        assertThat(build.getTasks()).extracting(TaskEntry::getSource).startsWith("source0", "source1");
        assertThat(build.getTotal()).isEqualTo(9000);
        assertThat(build.getOmitted()).isEqualTo(7000);
    }

    @Test
    void ofManyBuildsTheTasksOfTheNewestAreKept() throws IOException {
        SlipwayRunAction action = new SlipwayRunAction();
        action.onAttached(new FakeRun(true));
        action.put(build(1, 1500, 10));
        action.put(build(2, 1500, 10));
        action.put(build(3, 300, 0));
        assertThat(action.getBuilds()).extracting(b -> b.getTasks().size()).containsExactly(200, 1500, 300);
        assertThat(action.getBuilds().get(0).getTotal()).isEqualTo(1500);
        assertThat(action.getBuilds().get(0).getTasks())
                .filteredOn(task -> task.getState().equals("failed"))
                .hasSize(10);
    }

    @Test
    void aRunInALoopKeepsItsNewestThingsAndSaysSo() throws IOException {
        SlipwayRunAction action = new SlipwayRunAction();
        action.onAttached(new FakeRun(true));
        for (int i = 1; i <= 200; i++) {
            action.put(build(i, 1, 0));
        }
        assertThat(action.isShortened()).isFalse();
        action.put(build(201, 1, 0));
        assertThat(action.isShortened()).isTrue();
        assertThat(action.getBuilds()).hasSize(200);
        assertThat(action.getBuilds().get(199).getId()).isEqualTo("201");
    }

    @Test
    void staysSmallWhateverItIsTold() throws IOException {
        SlipwayRunAction action = new SlipwayRunAction();
        action.onAttached(new FakeRun(true));
        String evil = "x".repeat(100_000);
        for (int i = 0; i < 300; i++) {
            String id = Integer.toString(i);
            action.put(
                    new TestEntry("main", id, evil, evil, evil, id, evil, evil, 1, 0, Collections.nCopies(500, evil)));
            action.put(new ReleaseEntry(
                    "main",
                    id,
                    evil,
                    evil,
                    evil,
                    evil,
                    evil,
                    false,
                    Collections.nCopies(500, new PlanLine(evil, evil)),
                    Collections.nCopies(500, evil)));
        }
        XStream xstream = new XStream();
        assertThat(xstream.toXML(action).length()).isLessThan(8 << 20);
    }

    @Test
    void aBuildOfAnOlderVersionHasAsManyTasksAsItKept() {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.slipway.runs.*"});
        BuildEntry loaded =
                (BuildEntry) xstream.fromXML(xstream.toXML(Samples.BUILD).replace("<total>1</total>", ""));
        assertThat(loaded.getTotal()).isEqualTo(1);
        assertThat(loaded.getOmitted()).isZero();
    }

    @Test
    void keepsNoMoreThanAnybodyReads() {
        List<PlanLine> plan = Collections.nCopies(1500, new PlanLine("a", "b"));
        ReleaseEntry release =
                new ReleaseEntry("main", "1", null, "done", "x".repeat(9000), "el9", "demo", true, plan, List.of());
        assertThat(release.getPlan()).hasSize(1000);
        assertThat(release.getOmitted()).isEqualTo(500);
        assertThat(release.getMessage()).hasSize(500);
    }
}

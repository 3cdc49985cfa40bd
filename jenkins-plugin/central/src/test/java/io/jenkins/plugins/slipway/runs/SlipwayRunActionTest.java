package io.jenkins.plugins.slipway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
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
                .containsExactly("Build 5: running", "Compose 8: done", "Release 2: completed");
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

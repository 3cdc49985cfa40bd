package dev.slipway.client.steps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host that keeps what it is told. */
public final class Recording implements StepHost {
    public final List<String> lines = new ArrayList<>();
    public final List<Snapshot> shown = new ArrayList<>();
    public Map<String, String> saved = Map.of();
    public int saves;

    @Nullable
    IOException refuseToSave;

    @Nullable
    IOException refuseToShow;

    @Override
    public synchronized void print(String line) {
        lines.add(line);
    }

    @Override
    public synchronized void save(Map<String, String> memory) throws IOException {
        if (refuseToSave != null) {
            throw refuseToSave;
        }
        saved = memory;
        saves++;
    }

    @Override
    public synchronized void show(Snapshot snapshot) throws IOException {
        if (refuseToShow != null) {
            throw refuseToShow;
        }
        shown.add(snapshot);
    }
}

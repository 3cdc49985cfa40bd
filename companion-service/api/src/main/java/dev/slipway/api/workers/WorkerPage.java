package dev.slipway.api.workers;

import dev.slipway.api.Copies;
import java.util.List;

/** A page of the list of workers, by id; {@code currentPage} counts from 1. */
public record WorkerPage(List<Worker> workers, long totalWorkers, int currentPage) {
    public WorkerPage {
        workers = Copies.list(workers);
    }
}

package dev.slipway.server;

import dev.slipway.server.background.Background;
import dev.slipway.server.database.Notifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;

/** Collects what features bring: resources, handlers, background jobs. */
final class Wiring {
    private final List<Object> resources = new ArrayList<>();
    private final Map<PathSpec, Handler> handlers = new LinkedHashMap<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private final Background background;

    Wiring(Background background) {
        this.background = background;
    }

    /** A Jersey resource, provider or filter. */
    Wiring resource(Object instance) {
        resources.add(instance);
        return this;
    }

    /** Serves everything below a path ({@code /repos/*}) without Jersey: for files, where every copy counts. */
    Wiring handler(String pathSpec, Handler handler) {
        handlers.put(PathSpec.from(pathSpec), handler);
        return this;
    }

    /** A job that runs again and again; its name shows in the log. */
    Wiring every(Duration pause, String name, Background.Job job) {
        background.every(pause, name, job);
        return this;
    }

    /** Is to be closed when the service stops, before the database is. */
    Wiring closes(AutoCloseable resource) {
        closeables.add(resource);
        return this;
    }

    /** Also runs the job of that name soon after each wake-up of a topic. */
    Wiring wake(Notifications notifications, String topic, String job) {
        notifications.subscribe(topic, key -> background.soon(job));
        return this;
    }

    List<AutoCloseable> closeables() {
        return closeables;
    }

    List<Object> resources() {
        return resources;
    }

    Map<PathSpec, Handler> handlers() {
        return handlers;
    }
}

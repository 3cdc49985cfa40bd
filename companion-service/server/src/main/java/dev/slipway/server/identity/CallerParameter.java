package dev.slipway.server.identity;

import dev.slipway.server.http.Asker;
import java.util.Objects;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Hands resource methods the caller, the visitor or the asker that they have a {@code @Context} parameter for. */
public final class CallerParameter implements ValueParamProvider {
    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        if (parameter.getRawType() == Visitor.class) {
            return Visitor::of;
        }
        if (parameter.getRawType() == Asker.class) {
            return request -> request.getProperty(AccessControl.ASKER);
        }
        return parameter.getRawType() == Caller.class ? CallerParameter::callerOf : null;
    }

    private static Caller callerOf(ContainerRequest request) {
        Object caller = request.getProperty(AccessControl.CALLER);
        return (Caller) Objects.requireNonNull(caller, "a public method has no caller");
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }
}

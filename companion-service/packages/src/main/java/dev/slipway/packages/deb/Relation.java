package dev.slipway.packages.deb;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One element of a relationship field such as {@code Depends}: satisfied when one of its alternatives is (Debian Policy
 * 7.1).
 */
public record Relation(List<Alternative> alternatives) {

    /** How a version is compared. */
    public enum Operator {
        EARLIER("<<"),
        EARLIER_OR_EQUAL("<="),
        EQUAL("="),
        LATER_OR_EQUAL(">="),
        LATER(">>");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /** Whether a version that is there satisfies the demand for {@code wanted}. */
        public boolean holds(DebVersion there, DebVersion wanted) {
            var order = there.compareTo(wanted);
            return switch (this) {
                case EARLIER -> order < 0;
                case EARLIER_OR_EQUAL -> order <= 0;
                case EQUAL -> order == 0;
                case LATER_OR_EQUAL -> order >= 0;
                case LATER -> order > 0;
            };
        }
    }

    /** A demand on the version. */
    public record Constraint(Operator operator, DebVersion version) {
        @Override
        public String toString() {
            return "(" + operator.symbol() + " " + version + ")";
        }
    }

    /**
     * One package that would do.
     *
     * @param qualifier what follows a colon behind the name: an architecture, {@code any} or {@code native}; null when
     *     nothing does
     * @param constraint null when every version does
     * @param architectures in source packages: where it applies, {@code !} in front for where it does not; else empty
     * @param profiles in source packages: the build profile formulas {@code <a !b> <c>}, one list each; else empty
     */
    public record Alternative(
            String name,
            @Nullable String qualifier,
            @Nullable Constraint constraint,
            List<String> architectures,
            List<List<String>> profiles) {

        public Alternative {
            architectures = List.copyOf(architectures);
            profiles = profiles.stream().map(List::copyOf).toList();
        }

        @Override
        public String toString() {
            var out = new StringBuilder(name);
            if (qualifier != null) {
                out.append(':').append(qualifier);
            }
            if (constraint != null) {
                out.append(' ').append(constraint);
            }
            if (!architectures.isEmpty()) {
                out.append(" [").append(String.join(" ", architectures)).append(']');
            }
            profiles.forEach(formula ->
                    out.append(" <").append(String.join(" ", formula)).append('>'));
            return out.toString();
        }
    }

    public Relation {
        alternatives = List.copyOf(alternatives);
    }

    /** As it is written in a control file. */
    @Override
    public String toString() {
        return alternatives.stream().map(Alternative::toString).collect(Collectors.joining(" | "));
    }
}

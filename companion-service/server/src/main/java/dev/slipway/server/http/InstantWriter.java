package dev.slipway.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes a moment as {@link Instant#toString} does, digit by digit: a page of builds has three hundred of them, and the
 * general formatter took a fifth of the time of writing it.
 */
final class InstantWriter extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int LONGEST = "2026-11-28T20:50:39.123456789Z".length();
    private static final int NANOS_IN_MICRO = 1_000;
    private static final int NANOS_IN_MILLI = 1_000_000;
    private static final int DIGITS_OF_NANO = 9;

    InstantWriter() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant moment, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (moment.isBefore(YEAR_0) || !moment.isBefore(YEAR_10000)) {
            out.writeString(moment.toString()); // its year has a sign or more digits
            return;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        char[] text = new char[LONGEST];
        int end = digits(time.getYear(), 4, text, 0);
        text[end] = '-';
        end = digits(time.getMonthValue(), 2, text, end + 1);
        text[end] = '-';
        end = digits(time.getDayOfMonth(), 2, text, end + 1);
        text[end] = 'T';
        end = digits(time.getHour(), 2, text, end + 1);
        text[end] = ':';
        end = digits(time.getMinute(), 2, text, end + 1);
        text[end] = ':';
        end = digits(time.getSecond(), 2, text, end + 1);
        end = fraction(time.getNano(), text, end);
        text[end] = 'Z';
        out.writeString(text, 0, end + 1);
    }

    /** None, or as many groups of three digits as are needed. */
    private static int fraction(int nanos, char[] text, int at) {
        if (nanos == 0) {
            return at;
        }
        text[at] = '.';
        if (nanos % NANOS_IN_MILLI == 0) {
            return digits(nanos / NANOS_IN_MILLI, 3, text, at + 1);
        }
        return nanos % NANOS_IN_MICRO == 0
                ? digits(nanos / NANOS_IN_MICRO, 6, text, at + 1)
                : digits(nanos, DIGITS_OF_NANO, text, at + 1);
    }

    /** Writes so many digits of a number, and answers where they end. */
    private static int digits(int number, int count, char[] text, int at) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return at + count;
    }
}

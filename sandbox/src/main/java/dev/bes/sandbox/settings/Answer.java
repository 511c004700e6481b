package dev.bes.sandbox.settings;

import java.util.Locale;

/** An answer to a question about the real service that no source answers. The first constant of an enum is the default. */
public sealed interface Answer permits JobAnswer, RequestAnswer, ReplyAnswer, EndpointAnswer {

    /** The constant's name. */
    String name();

    /** The answer as it is written in JSON: {@code executed-twice}. */
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

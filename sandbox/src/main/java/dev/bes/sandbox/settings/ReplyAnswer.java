package dev.bes.sandbox.settings;

/** How replies look where no source says it, or where sources differ. */
public sealed interface ReplyAnswer extends Answer {

    /** The status of a start that was accepted. */
    enum StartReply implements ReplyAnswer {
        /** 204. A public Java client takes this and 200 only. */
        NO_CONTENT,
        /** 200 without a body, as the guide declares it. */
        OK
    }

    /** The status of a DELETE. */
    enum DeleteReply implements ReplyAnswer {
        /** 204. */
        NO_CONTENT,
        /** 200 without a body. */
        OK
    }

    /** The reply to a job id that is unknown. */
    enum UnknownJob implements ReplyAnswer {
        /** 404 with the body of an error. */
        ERROR,
        /** 404 without a body. */
        EMPTY
    }

    /** What the status has for its code. Source: the articles of 2016 and 2015. */
    enum StatusCode implements ReplyAnswer {
        /** The name of the state. */
        NAME,
        /** Its number, 0 to 4. */
        NUMBER
    }

    /** Where the status has its outputs. Source: the articles of 2016 and 2015. */
    enum StatusResults implements ReplyAnswer {
        /** Under {@code Results}, by name. */
        BY_NAME,
        /** The first one under {@code Result}. */
        SINGLE
    }

    /** How the state Cancelled is spelled. */
    enum CancelledSpelling implements ReplyAnswer {
        /** With two l, as the samples have it. */
        CANCELLED,
        /** With one l, as the prose of 2015 and a public client have it. */
        CANCELED
    }

    /** The media type of JSON. */
    enum JsonType implements ReplyAnswer {
        /** {@code application/json}. */
        APPLICATION_JSON,
        /** {@code text/json}, as public clients ask for. */
        TEXT_JSON
    }

    /** Whether the details of an error have a {@code target}. */
    enum ErrorTarget implements ReplyAnswer {
        /** They have not. */
        ABSENT,
        /** They have: what the message names, or null. */
        NAMED
    }
}

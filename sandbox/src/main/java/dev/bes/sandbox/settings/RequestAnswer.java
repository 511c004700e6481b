package dev.bes.sandbox.settings;

/** How requests are read where no source of the service says it; most defaults follow from what .NET does. */
public sealed interface RequestAnswer extends Answer {

    /** What becomes of inputs that the service does not have. */
    enum UnknownInputs implements RequestAnswer {
        /** 400 InvalidInputNames, or BatchJobInputsTooManySpecified. Source: an answer of BES that ADF reported. */
        REFUSED,
        /** They are ignored. */
        IGNORED
    }

    /** What an empty text means in place of an object. */
    enum EmptyText implements RequestAnswer {
        /** The same as null, as Json.NET reads it. */
        AS_NULL,
        /** 400 RequestBodyInvalid. */
        REFUSED
    }

    /** Whether the case of the body's property names matters; names of inputs, outputs and parameters are none. */
    enum PropertyCase implements RequestAnswer {
        /** It does not, as in Json.NET. */
        IGNORED,
        /** A name in another case is an unknown property, which is ignored. */
        MATTERS
    }

    /** Which ids an address may hold. */
    enum IdForm implements RequestAnswer {
        /** Every form of the same GUID: upper case, dashes, braces, as Guid.Parse of .NET takes them. */
        ANY_GUID,
        /** 32 hex characters, just as they were issued. */
        AS_ISSUED
    }

    /** Whether the case of an address matters: of its fixed path segments and of the names in its query. */
    enum AddressCase implements RequestAnswer {
        /** It does not, as in the routing of ASP.NET. */
        IGNORED,
        /** An address in another case leads nowhere. */
        MATTERS
    }

    /** What the key {@code Output} of the article of 2015 does. */
    enum SingleOutput implements RequestAnswer {
        /** It says where the first output goes. */
        TAKEN,
        /** It is an unknown property. */
        IGNORED
    }
}

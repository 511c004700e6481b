package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.util.Arrays;
import java.util.function.Consumer;

/** The header {@code If-Match}. Sources: RFC 9110, section 13.1.1; the parameters of API Management's specification. */
final class Preconditions {

    private Preconditions() {}

    /** For an operation that may name an entity tag. */
    static <T> Consumer<T> optional(Request request) {
        String tags = request.header("If-Match").orElse("*");
        return entity -> check(tags, entity);
    }

    /**
     * For an operation that must name an entity tag, or {@code *}.
     *
     * @throws ManagementError 400 without the header; the wording is inferred
     */
    static <T> Consumer<T> required(Request request) {
        if (request.header("If-Match").isEmpty()) {
            throw ManagementError.invalid("If-Match", "The header If-Match is required: an entity tag, or *.");
        }
        return optional(request);
    }

    private static void check(String tags, Object entity) {
        String tag = ArmJson.etag(entity);
        boolean matches =
                Arrays.stream(tags.split(",", -1)).map(String::strip).anyMatch(it -> it.equals("*") || it.equals(tag));
        if (!matches) {
            throw ManagementError.modified();
        }
    }
}

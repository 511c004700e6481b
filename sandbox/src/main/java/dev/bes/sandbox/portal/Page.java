package dev.bes.sandbox.portal;

import dev.bes.sandbox.http.Reply;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Page {

    /**
     * The reply to send, without the security headers.
     *
     * @throws PageError for an error page
     */
    Reply answer(PageRequest request);
}

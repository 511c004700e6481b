package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.managedapi.Policy.LimitHeaders;
import dev.bes.sandbox.management.Subscription;

/** What the limits have in common. */
final class LimitReply {

    private LimitReply() {}

    static void headers(GatewayCall call, LimitHeaders headers, long calls, long left) {
        if (headers.remainingCalls() != null) {
            call.replyHeader(headers.remainingCalls(), String.valueOf(left));
        }
        if (headers.totalCalls() != null) {
            call.replyHeader(headers.totalCalls(), String.valueOf(calls));
        }
    }

    /** A subscription that was deleted and made again starts anew. */
    static String counterKey(Subscription subscription) {
        return subscription.sid() + " " + subscription.started();
    }
}

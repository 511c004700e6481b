package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Reply;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of all scopes that hold for one operation and one product, in the order in which they run.
 *
 * @param beforeReply the sections inbound and backend
 */
public record Pipeline(List<Step> beforeReply, List<Step> outbound, List<Step> onError) {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    /** Runs the policies; those of {@code on-error} when one of the others refuses. */
    public Reply run(GatewayCall call) {
        for (Step step : beforeReply) {
            Optional<Refusal> refusal = step.run(call);
            if (refusal.isPresent()) {
                return refuse(call, refusal.get());
            }
        }
        return finish(call, outbound);
    }

    /** Refuses a call for a reason that is no policy's. */
    public Reply refuse(GatewayCall call, Refusal refusal) {
        log.debug("{} refused: {} {}", call.operation().id(), refusal.source(), refusal.reason());
        call.reply(refusal.reply());
        return finish(call, onError);
    }

    private static Reply finish(GatewayCall call, List<Step> steps) {
        call.addReplyHeaders();
        steps.forEach(step -> step.run(call));
        call.finish();
        return call.reply();
    }
}

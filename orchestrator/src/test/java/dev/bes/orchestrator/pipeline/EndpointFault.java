package dev.bes.orchestrator.pipeline;

import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.proxy.CallFault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** What an endpoint, or what stands before it, can suffer from. */
enum EndpointFault {
    STALLS,
    DRIPS,
    HANGS_UP,
    BROKEN,
    BAD_GATEWAY,
    OUT_OF_SERVICE,
    GATEWAY_TIMEOUT,
    MALFORMED,
    NESTED,
    MISSPELT,
    CUT_SHORT,
    UNHEARD_OF,
    GOES_BACK,
    TOO_MANY_CALLS,
    OUT_OF_QUOTA,
    TOO_MANY_UNTIL,
    TOO_MANY_FOR_ALL_WE_KNOW,
    TOO_MANY_FOR_AGES;

    /** What happens to a call, from now on. */
    CallFault fault() {
        return switch (this) {
            case STALLS -> new CallFault.Stall(0);
            case DRIPS -> new CallFault.Drip(Duration.ofSeconds(1));
            case HANGS_UP -> new CallFault.ResetBeforeForwarding();
            case BROKEN -> html(500);
            case BAD_GATEWAY -> html(502);
            case OUT_OF_SERVICE -> html(503);
            case GATEWAY_TIMEOUT -> html(504);
            case MALFORMED -> answer(Reply.json(200, "{\"StatusCode\": "));
            case NESTED -> answer(Reply.json(200, "[".repeat(100_000)));
            case MISSPELT ->
                answer(new Reply(200, Map.of("Content-Type", "application/json; charset=utf-16"), "\u00fe\u00ff\0"));
            case CUT_SHORT -> new CallFault.Truncate(1);
            case UNHEARD_OF -> state("Paused");
            case GOES_BACK -> state("NotStarted");
            case TOO_MANY_CALLS -> answer(tooMany().with("Retry-After", "1"));
            case TOO_MANY_UNTIL -> answer(tooMany().with("Retry-After", inAnHour()));
            case OUT_OF_QUOTA ->
                answer(Reply.json(
                        403,
                        "{\"statusCode\": 403, \"message\":"
                                + " \"Out of call volume quota. Quota will be replenished in 00:00:02.\"}"));
            case TOO_MANY_FOR_ALL_WE_KNOW -> answer(tooMany());
            case TOO_MANY_FOR_AGES -> answer(tooMany().with("Retry-After", "9999999999999"));
        };
    }

    /** What the job of one that goes back says before. */
    static CallFault running() {
        return state("Running");
    }

    /** Whether the endpoint is left alone for longer than a test can wait. */
    boolean isLasting() {
        return compareTo(TOO_MANY_UNTIL) >= 0;
    }

    /** Its name as that of an endpoint and of a definition. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static CallFault state(String word) {
        return answer(Reply.json(200, "{\"StatusCode\": \"" + word + "\"}"));
    }

    private static CallFault html(int status) {
        return answer(new Reply(status, Map.of("Content-Type", "text/html"), "<html><body>Sorry</body></html>"));
    }

    private static CallFault answer(Reply reply) {
        return new CallFault.AnswerWithoutForwarding(reply);
    }

    private static Reply tooMany() {
        return Reply.json(429, "{\"statusCode\": 429, \"message\": \"Rate limit is exceeded.\"}");
    }

    private static String inAnHour() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));
    }
}

package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.ReplyAnswer.CancelledSpelling;
import dev.bes.sandbox.settings.ReplyAnswer.StatusCode;
import dev.bes.sandbox.settings.ReplyAnswer.StatusResults;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The body of a status reply: it always has all three keys. Sources: the "consume web services" articles, 2015 and 2016. */
final class StatusBody {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final ResultLinks links;
    private final RuntimeSettings settings;

    StatusBody(ResultLinks links, RuntimeSettings settings) {
        this.links = links;
        this.settings = settings;
    }

    String of(Job.Status status) {
        Assumptions assumptions = settings.assumptions();
        Map<String, @Nullable Object> results = results(status.results());
        boolean byName = assumptions.has(StatusResults.BY_NAME);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("StatusCode", code(status.state(), assumptions));
        body.put(byName ? "Results" : "Result", results == null || byName ? results : first(results));
        body.put("Details", status.details());
        return json.writeValueAsString(body);
    }

    private static Object code(JobState state, Assumptions assumptions) {
        if (assumptions.has(StatusCode.NUMBER)) {
            return state.number;
        }
        boolean oneL = state == JobState.CANCELLED && assumptions.has(CancelledSpelling.CANCELED);
        return oneL ? "Canceled" : state.remoteName;
    }

    private static @Nullable Object first(Map<String, @Nullable Object> results) {
        return results.values().stream().findFirst().orElse(null);
    }

    private @Nullable Map<String, @Nullable Object> results(@Nullable Map<String, BlobReference> outputs) {
        if (outputs == null) {
            return null;
        }
        Map<String, @Nullable Object> results = new LinkedHashMap<>();
        outputs.forEach((name, output) -> results.put(name, link(output)));
        return results;
    }

    private Map<String, @Nullable String> link(BlobReference output) {
        BlobReference link = links.to(output);
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("ConnectionString", null);
        fields.put("RelativeLocation", link.relativeLocation());
        fields.put("BaseLocation", link.baseLocation());
        fields.put("SasBlobToken", link.sasBlobToken());
        return fields;
    }
}

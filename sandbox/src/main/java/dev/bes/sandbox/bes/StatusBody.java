package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.ResultLinks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The body of a status reply: it always has all three keys. */
final class StatusBody {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final ResultLinks links;

    StatusBody(ResultLinks links) {
        this.links = links;
    }

    String of(Job.Status status) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("StatusCode", status.state().remoteName);
        body.put("Results", results(status.results()));
        body.put("Details", status.details());
        return json.writeValueAsString(body);
    }

    private @Nullable Map<String, Object> results(@Nullable Map<String, BlobReference> outputs) {
        if (outputs == null) {
            return null;
        }
        Map<String, Object> results = new LinkedHashMap<>();
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

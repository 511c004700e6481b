package dev.bes.orchestrator.web.page.trigger;

import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.backfill.Backfills.RequestKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the form that starts a backfill. */
final class BackfillForm {
    private BackfillForm() {}

    /** The request that the form stands for. */
    static NewBackfillJson asked(String definition, Map<String, String> form) {
        String parallel = form.getOrDefault("parallel", "1");
        return new NewBackfillJson(
                definition,
                form.get("schedule"),
                form.get("from"),
                form.get("to"),
                form.get("scope"),
                form.get("order"),
                parallel.matches("\\d{1,9}") ? Integer.parseInt(parallel) : 0,
                null,
                null);
    }

    /** The key of the form: one that is sent twice starts one backfill. */
    static @Nullable RequestKey key(String definition, Map<String, String> form) {
        String key = form.getOrDefault("key", "");
        return key.isEmpty()
                ? null
                : new RequestKey(key, Sha256.of(asked(definition, form).toString()));
    }
}

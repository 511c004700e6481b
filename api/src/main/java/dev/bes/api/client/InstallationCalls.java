package dev.bes.api.client;

import dev.bes.api.installation.AttentionJson;
import dev.bes.api.installation.EndpointsJson;
import dev.bes.api.installation.ExplanationJson;
import dev.bes.api.installation.FilesJson;
import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.api.installation.NodesJson;
import dev.bes.api.installation.PoolsJson;
import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The calls on the service itself: endpoints, pools, nodes, files, and what explains them. */
public interface InstallationCalls {
    /** The configured endpoints. */
    @GetExchange("/endpoints")
    EndpointsJson endpoints();

    /** The pools, with their use. */
    @GetExchange("/pools")
    PoolsJson pools();

    /** A pool. */
    @GetExchange("/pools/{name}")
    PoolJson pool(@PathVariable String name);

    /** Adds a pool, or changes its limits. */
    @PutExchange(url = "/pools/{name}", contentType = MediaType.APPLICATION_JSON_VALUE)
    PoolJson putPool(@PathVariable String name, @RequestBody NewPoolJson limits);

    /** Removes a pool that no unfinished scoring needs; returns what it was. */
    @PostExchange("/pools/{name}/remove")
    PoolJson removePool(@PathVariable String name);

    /** The nodes over this database. */
    @GetExchange("/nodes")
    NodesJson nodes();

    /**
     * A page of the ledger of arriving files, the last seen first.
     *
     * @param definition only those of this definition
     * @param state only those in this state
     * @param name only those of this name; with a {@code *} at its end, those whose names begin so
     * @param from a day or a time in UTC: when they were first seen
     * @param to a day, included, or a time in UTC
     * @param cursor where to go on, from {@code next} of the page before
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/files")
    FilesJson files(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    /** Puts a file in quarantine back into its drop folder; returns its row. */
    @PostExchange("/files/{id}/retry")
    FileJson retryFile(@PathVariable long id);

    /**
     * Why something did, or did not, run. Asks about one thing: a run, a request, a file, a definition or a time.
     *
     * @param definition name of a definition, or of that of the file
     * @param schedule one of its schedules
     * @param at a day or a time: by the clock of the schedule, or with an offset
     * @param file name of a file in a drop folder, or the end of its path
     * @param run number of a run
     * @param request an idempotency key, or the id of a request by SQL
     */
    @GetExchange("/explain")
    ExplanationJson explain(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String schedule,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String file,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String request);

    /** What needs attention now. */
    @GetExchange("/attention")
    AttentionJson attention();
}

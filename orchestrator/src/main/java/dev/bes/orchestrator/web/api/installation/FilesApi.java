package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.FilesJson;
import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.FileQuery;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Requires;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reads the ledger of arriving files and puts files back from quarantine, for programs. */
@RestController
@RequestMapping("/api/v1/files")
final class FilesApi {
    private final FileRecords records;
    private final FileRetries retries;
    private final EmptyBody emptyBody;

    FilesApi(FileRecords records, FileRetries retries, EmptyBody emptyBody) {
        this.records = records;
        this.retries = retries;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = FileJson.class,
            items = "files",
            sort = {"-id"},
            usual = 50,
            most = 200)
    FilesJson list(@ModelAttribute FileQuery query, ListQuery list, Access access) {
        FileFilter filter = query.filter(access.scope(Role.VIEWER));
        ListQuery.Page<FileRecord> page =
                list.read((descending, after, limit) -> records.list(filter, descending, after, limit), FileRecord::id);
        return new FilesJson(page.items().stream().map(FilesApi::json).toList(), page.next());
    }

    /** Puts a file in quarantine back into its drop folder. */
    @JsonPost("/{id:\\d{1,18}}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Role.OPERATOR)
    FileJson retry(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        emptyBody.require(body);
        return json(retries.retry(id, access));
    }

    private static FileJson json(FileRecord file) {
        return new FileJson(
                file.id(),
                file.definition(),
                file.shownFolder(),
                file.shownName(),
                file.state().word(),
                file.reason(),
                file.bytes(),
                file.modified(),
                file.seen(),
                file.since(),
                file.run(),
                file.path() == null ? null : VisibleText.name(file.path()),
                links(file));
    }

    private static Map<String, String> links(FileRecord file) {
        Map<String, String> links = new LinkedHashMap<>();
        if (file.run() != null) {
            links.put("run", Address.of("/api/v1/runs/" + file.run()));
        }
        if (file.isRetryable()) {
            links.put("retry", Address.of("/api/v1/files/" + file.id() + "/retry"));
        }
        return links;
    }
}

package dev.bes.orchestrator.web.audit;

import dev.bes.api.installation.AuditJson;
import dev.bes.api.installation.AuditJson.AuditEntryJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the audit to programs: page by page, or whole as JSON lines. */
@RestController
final class AuditApi {
    private static final String PATH = "/api/v1/audit";
    private static final String LINES = "application/jsonl";
    private static final int BATCH = 1_000;

    private final AuditReader reader;
    private final JsonMapper json;

    AuditApi(AuditReader reader, JsonMapper json) {
        this.reader = reader;
        this.json = json;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Role.ADMIN)
    @Listed(
            of = AuditEntryJson.class,
            items = "entries",
            sort = {"-at"},
            usual = 50,
            most = 200)
    AuditJson list(@ModelAttribute AuditQuery query, ListQuery list, Access access) {
        ListQuery.Page<AuditRow> page = AuditQuery.page(reader, query.filter(access), list);
        return new AuditJson(page.items().stream().map(AuditApi::json).toList(), page.next());
    }

    /** Writes while it reads: neither the rows nor the answer are held in memory. */
    @GetMapping(path = PATH + ".jsonl", produces = LINES)
    @Requires(Role.ADMIN)
    void export(@ModelAttribute AuditQuery query, Access access, HttpServletResponse response) throws IOException {
        AuditFilter filter = query.filter(access);
        response.setContentType(LINES);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"");
        OutputStream out = response.getOutputStream();
        List<AuditRow> rows;
        do {
            rows = reader.list(filter, BATCH);
            for (AuditRow row : rows) {
                out.write(json.writeValueAsBytes(json(row)));
                out.write('\n');
            }
            if (!rows.isEmpty()) {
                filter = filter.before(rows.getLast().id());
            }
        } while (rows.size() == BATCH);
    }

    private static AuditEntryJson json(AuditRow row) {
        return new AuditEntryJson(
                row.id(),
                row.at(),
                row.actor(),
                row.via(),
                row.address(),
                row.request(),
                row.action(),
                row.object(),
                row.definition(),
                row.outcome(),
                row.before(),
                row.after(),
                row.node());
    }
}

package dev.bes.orchestrator.web.audit;

import dev.bes.api.installation.AuditJson;
import dev.bes.api.installation.AuditJson.AuditEntryJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the audit to programs: page by page, or whole as JSON lines. */
@RestController
final class AuditApi {
    private static final String PATH = "/api/v1/audit";
    private static final String LINES = "application/jsonl";
    private static final int MOST = 200;
    private static final int BATCH = 1_000;

    private final AuditReader reader;
    private final JsonMapper json;

    AuditApi(AuditReader reader, JsonMapper json) {
        this.reader = reader;
        this.json = json;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Role.ADMIN)
    @Listed(of = AuditEntryJson.class, items = "entries")
    AuditJson list(@ModelAttribute AuditQuery query, @RequestParam(defaultValue = "50") int limit, Access access) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("'limit' must be a number from 1 to " + MOST);
        }
        List<AuditRow> rows = reader.list(query.filter(access), limit + 1);
        boolean more = rows.size() > limit;
        List<AuditRow> shown = more ? rows.subList(0, limit) : rows;
        return new AuditJson(
                shown.stream().map(AuditApi::json).toList(),
                more ? query.next(PATH, shown.getLast().id()) + "&limit=" + limit : null);
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

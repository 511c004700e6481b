package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.run.Move.DeliveredOutput;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Delivered outputs, to be downloaded. */
@RestController
final class OutputsApi {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Authorization authorization;
    private final RunReader reader;
    private final DeliveryFolder folder;
    private final FileThreads files;
    private final SharedFolders folders;

    OutputsApi(
            Authorization authorization,
            RunReader reader,
            DeliveryFolder folder,
            FileThreads files,
            SharedFolders folders) {
        this.authorization = authorization;
        this.reader = reader;
        this.folder = folder;
        this.files = files;
        this.folders = folders;
    }

    @GetMapping("/api/v1/runs/{id:\\d{1,18}}/scorings/{position:\\d{1,9}}/outputs/{name}")
    @Requires(Role.VIEWER)
    ResponseEntity<Resource> download(
            @PathVariable long id,
            @PathVariable int position,
            @PathVariable String name,
            @RequestHeader HttpHeaders asked,
            Access access) {
        authorization.run(id, access, Role.VIEWER);
        folders.require(SharedFolder.DELIVERY_ROOT);
        Path file = reader.scoring(id, position).stream()
                .flatMap(scoring -> scoring.attempts().stream())
                .map(attempt -> attempt.outputs().get(name))
                .filter(Objects::nonNull)
                .map(DeliveredOutput::file)
                .flatMap(path -> files.get(Use.REQUEST, "Looking for " + path, () -> folder.find(path)).stream())
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNKNOWN_OUTPUT, "Scoring %d of run %d has no such output".formatted(position, id)));
        String shown = "run-%d-%d-%s.csv".formatted(id, position, SafeName.of(name));
        OutputDownload download = new OutputDownload(new FileThreadResource(file, files));
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(shown).build().toString())
                .body(download.as(asked));
    }
}

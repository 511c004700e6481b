package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.DeliveredOutput.StoredOutput;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.InputStreamResource;
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
    private final BlobReader blobs;

    OutputsApi(
            Authorization authorization,
            RunReader reader,
            DeliveryFolder folder,
            FileThreads files,
            SharedFolders folders,
            BlobReader blobs) {
        this.authorization = authorization;
        this.reader = reader;
        this.folder = folder;
        this.files = files;
        this.folders = folders;
        this.blobs = blobs;
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
        List<DeliveredOutput> outputs = reader.scoring(id, position).stream()
                .flatMap(scoring -> scoring.attempts().stream())
                .map(attempt -> attempt.outputs().get(name))
                .filter(Objects::nonNull)
                .toList();
        String shown = "run-%d-%d-%s.csv".formatted(id, position, SafeName.of(name));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(shown).build().toString());
        StoredOutput stored = outputs.stream()
                .map(DeliveredOutput::stored)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (stored != null) {
            BlobReader.Content content = open(stored);
            return answer.contentLength(content.bytes()).body(new InputStreamResource(content.stream()));
        }
        folders.require(SharedFolder.DELIVERY_ROOT);
        Path file = outputs.stream()
                .map(DeliveredOutput::file)
                .flatMap(path -> files.get(Use.REQUEST, "Looking for " + path, () -> folder.find(path)).stream())
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNKNOWN_OUTPUT, "Scoring %d of run %d has no such output".formatted(position, id)));
        return answer.body(new OutputDownload(new FileThreadResource(file, files)).as(asked));
    }

    private BlobReader.Content open(StoredOutput output) {
        try {
            return blobs.open(output.store(), output.path(), output.etag());
        } catch (RemoteException.NotFound | RemoteException.Changed e) {
            throw new ProblemException(
                    ProblemKind.UNKNOWN_OUTPUT,
                    "'%s' in store '%s' was removed or replaced after it had been delivered"
                            .formatted(output.path(), output.store()));
        }
    }
}

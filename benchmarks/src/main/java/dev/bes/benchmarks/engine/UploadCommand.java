package dev.bes.benchmarks.engine;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.bes.benchmarks.stub.StubAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Uploads one file with the Azure SDK and its defaults, and prints the time in nanoseconds. */
@Command(name = "upload", hidden = true, description = "One upload.", mixinStandardHelpOptions = true)
public final class UploadCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--stub", required = true)
    private URI stub = URI.create("");

    @Option(names = "--file", required = true)
    private Path file = Path.of("");

    /** Used by picocli. */
    public UploadCommand() {}

    @Override
    public Integer call() {
        var container = new BlobServiceClientBuilder()
                .connectionString(new StubAddress(stub).connectionString())
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient()
                .getBlobContainerClient("plain");
        long start = System.nanoTime();
        container.getBlobClient("file.csv").uploadFromFile(file.toString(), true);
        Objects.requireNonNull(spec).commandLine().getOut().println(System.nanoTime() - start);
        return 0;
    }
}

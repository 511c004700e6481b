package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.openapitools.codegen.config.GlobalSettings;

/** OpenAPI Generator makes a client of the committed document; a program that is compiled with it runs the main job. */
@Tag("slow")
class GeneratedApiClientTests {
    @TempDir
    private Path folder;

    @Test
    void runsTheMainJobWithAGeneratedClient() throws Exception {
        generate();
        Path classes = compile();

        try (WebNode node = WebNode.start(folder.resolve("node"));
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Object said =
                    loader.loadClass("MainJob").getMethod("run", String.class).invoke(null, node.url());
            assertThat(said)
                    .isEqualTo(List.of(
                            "definition: greetings [input1]",
                            "accepted: greetings Finished",
                            "ended: Finished [output1]",
                            "rows: 2"));
        }
    }

    private void generate() {
        GlobalSettings.setProperty("apiTests", "false");
        GlobalSettings.setProperty("modelTests", "false");
        GlobalSettings.setProperty("apiDocs", "false");
        GlobalSettings.setProperty("modelDocs", "false");
        // the generator leaves out what is sent as a form, but imports it
        GlobalSettings.setProperty("skipFormModel", "false");
        CodegenConfigurator configurator = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(Path.of("../docs/openapi.yaml").toAbsolutePath().toString())
                .setOutputDir(folder.resolve("client").toString())
                .setInvokerPackage("client")
                .setApiPackage("client.api")
                .setModelPackage("client.model")
                .addAdditionalProperty("openApiNullable", "false")
                .addAdditionalProperty("useJakartaEe", "true")
                .addAdditionalProperty("annotationLibrary", "none");
        new DefaultGenerator().opts(configurator.toClientOptInput()).generate();
    }

    private Path compile() throws IOException {
        Path source = folder.resolve("MainJob.java");
        try (InputStream text =
                Objects.requireNonNull(getClass().getResourceAsStream("/generated-client/MainJob.java"))) {
            Files.copy(text, source);
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        StringWriter mistakes = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> generated = Files.walk(folder.resolve("client/src/main/java"))) {
            List<Path> sources = Stream.concat(
                            generated.filter(it -> it.toString().endsWith(".java")), Stream.of(source))
                    .toList();
            List<String> options = List.of(
                    "-nowarn", "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            mistakes, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(mistakes.toString()).isTrue();
        }
        return classes;
    }
}

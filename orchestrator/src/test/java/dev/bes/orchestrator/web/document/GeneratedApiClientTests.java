package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.web.WebNode;
import java.io.File;
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
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI Generator makes a client of the committed document; a program that is compiled with it runs the main job. */
@Tag("slow")
class GeneratedApiClientTests {
    private static final Path DOCUMENT = Path.of("../docs/openapi.yaml");

    @TempDir
    private Path folder;

    @Test
    void runsTheMainJobAndSendsAFileWithAGeneratedClient() throws Exception {
        generate(DOCUMENT, "client");
        generate(withFormsOnly(), "form");
        Path classes = compile();
        Path file = Files.writeString(folder.resolve("mine.csv"), "text\ngood day\nbad day\n");

        try (WebNode node = WebNode.start(folder.resolve("node"));
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Object said = loader.loadClass("MainJob")
                    .getMethod("run", String.class, File.class)
                    .invoke(null, node.url(), file.toFile());
            assertThat(said)
                    .isEqualTo(List.of(
                            "definition: greetings [input1]",
                            "accepted: greetings Finished",
                            "ended: Finished [output1]",
                            "rows: 2",
                            "sent: letters Finished",
                            "rows: 3"));
        }
    }

    /** A copy without the JSON of a request: generators make one method of a call, and take the first kind of its bodies. */
    private Path withFormsOnly() throws IOException {
        ObjectNode document = ApiDocument.read(DOCUMENT);
        ((ObjectNode) document.at("/paths/~1api~1v1~1runs/post/requestBody/content")).remove("application/json");
        return Files.write(folder.resolve("forms.yaml"), ApiDocument.bytes(document));
    }

    private void generate(Path document, String name) {
        GlobalSettings.setProperty("apiTests", "false");
        GlobalSettings.setProperty("modelTests", "false");
        GlobalSettings.setProperty("apiDocs", "false");
        GlobalSettings.setProperty("modelDocs", "false");
        // the generator leaves out what is sent as a form, but imports it
        GlobalSettings.setProperty("skipFormModel", "false");
        CodegenConfigurator configurator = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(document.toAbsolutePath().toString())
                .setOutputDir(folder.resolve("generated").resolve(name).toString())
                .setInvokerPackage(name)
                .setApiPackage(name + ".api")
                .setModelPackage(name + ".model")
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
                Stream<Path> generated = Files.walk(folder.resolve("generated"))) {
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

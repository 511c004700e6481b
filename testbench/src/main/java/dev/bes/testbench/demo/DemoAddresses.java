package dev.bes.testbench.demo;

import dev.bes.sandbox.Sandbox;
import dev.bes.testbench.demo.DemoStartup.RunningDemo;
import dev.bes.testbench.demo.environment.DemoFolder;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses and folders of a running demo; no keys. */
record DemoAddresses(DemoFolder folder, RunningDemo demo) {

    private static final Pattern BLOB_ENDPOINT = Pattern.compile("BlobEndpoint=([^;]+)");

    void print(PrintWriter out) {
        URI url = demo.orchestrator().url();
        Sandbox sandbox = demo.systems().sandbox();
        String service = sandbox.service("SimpleFeatureHashingExperiment").path();
        out.println();
        for (String line : List.of(
                "Page           " + url + "/",
                "API            " + url + "/api/v1/runs",
                "Managed API    " + sandbox.managedUrl() + service,
                "Direct BES     " + sandbox.directUrl() + service,
                "Portal         " + sandbox.portalUrl(),
                "Dashboard      " + sandbox.portalUrl() + "dashboard",
                "Sandbox        " + sandbox.directUrl() + "/_sandbox/journal",
                "Blob store     " + blobEndpoint(sandbox.blobConnectionString()),
                "Database       " + demo.systems().postgres().jdbcUrl() + " (user "
                        + demo.systems().postgres().user() + ", no password)",
                "Drop folder    " + folder.shown(folder.dropFolder()),
                "Outputs        " + folder.shown(folder.delivered()),
                "Log            " + folder.shown(folder.log()))) {
            out.println("  " + line);
        }
        out.println();
        out.println("To look:  curl -s " + url + "/api/v1/runs    or put a CSV file into the drop folder");
        out.println("To stop:  Ctrl-C here, or scripts/demo --stop");
        out.flush();
    }

    private static String blobEndpoint(String connectionString) {
        Matcher endpoint = BLOB_ENDPOINT.matcher(connectionString);
        return endpoint.find() ? endpoint.group(1) : "";
    }
}

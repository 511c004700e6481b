package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.UnnamedJobs.Found;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Searches the list of an endpoint's jobs, page by page. Source: azure-sdk-for-python, specification 2020-09-01-dataplanepreview, BatchJobs;
 * the list's order is not documented, so that all pages are read.
 */
final class JobList {

    private static final String VERSION = "?api-version=2020-09-01-dataplanepreview";

    /** Pages that a search reads. A list without an end would be read for ever. */
    private static final int MAX_PAGES = 1_000;

    private final ManagedApiClient client;
    private final String url;
    private final JobReader reader;

    /**
     * The list of one batch endpoint.
     *
     * @param client calls the address of the list
     * @param url address of the list, below which each next page has to be
     */
    JobList(ManagedApiClient client, String url, JobReader reader) {
        this.client = client;
        this.url = url;
        this.reader = reader;
    }

    private record Hit(Instant created, Found found) {}

    /** The jobs whose outputs lie under one of the nonces, oldest first. */
    List<Found> search(Collection<UUID> nonces) {
        List<Hit> hits = new ArrayList<>();
        String query = VERSION;
        for (int page = 0; page < MAX_PAGES && !query.isEmpty(); page++) {
            byte[] answer = client.send(AzuremlCall.LIST, "GET", query, BodyPublishers.noBody());
            JsonNode jobs = reader.read(client, AzuremlCall.LIST, answer);
            if (!AzuremlJson.at(jobs, "value").isArray()) {
                throw client.messages().unavailable(AzuremlCall.LIST, "the answer is not a list of jobs");
            }
            AzuremlJson.at(jobs, "value").forEach(job -> nonce(job, nonces)
                    .ifPresent(nonce -> hits.add(new Hit(
                            created(job), new Found(reader.id(client, AzuremlCall.LIST, job), nonce)))));
            query = next(AzuremlJson.text(jobs, "nextLink"));
        }
        if (!query.isEmpty()) {
            throw client.messages().unavailable(AzuremlCall.LIST, "the list has more than " + MAX_PAGES + " pages");
        }
        return hits.stream()
                .sorted(Comparator.comparing(Hit::created)
                        .thenComparing(hit -> hit.found().jobId()))
                .map(Hit::found)
                .toList();
    }

    /** The query of the next page; empty for the last one. Another address is never called: it would get our token. */
    private String next(String link) {
        if (link.isEmpty() || link.startsWith(url + "?")) {
            return link.isEmpty() ? "" : link.substring(url.length());
        }
        throw client.messages().unavailable(AzuremlCall.LIST, "the next page is at another address");
    }

    private static Optional<UUID> nonce(JsonNode job, Collection<UUID> nonces) {
        JsonNode properties = AzuremlJson.at(job, "properties");
        String places = AzuremlJson.at(properties, "outputData")
                + AzuremlJson.text(AzuremlJson.at(properties, "properties"), "azureml.parameters");
        return nonces.stream()
                .filter(nonce -> places.contains(nonce.toString()))
                .findFirst();
    }

    private static Instant created(JsonNode job) {
        try {
            return OffsetDateTime.parse(AzuremlJson.text(job, "systemData", "createdAt"))
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }
}

package io.ampacity.gateway;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/** A receiver of OTLP over HTTP, which reads what it is told with the messages that OpenTelemetry publishes. */
final class Collector implements AutoCloseable {

    final List<Span> spans = new CopyOnWriteArrayList<>();
    final List<Metric> metrics = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    final List<Map<String, Object>> resources = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile boolean hanging;
    private volatile int status = 200;

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Map<String, String> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> told.put(name, values.getFirst()));
            headers.add(told);
            InputStream in = exchange.getRequestBody();
            byte[] body = ("gzip".equals(told.get("content-encoding")) ? new GZIPInputStream(in) : in).readAllBytes();
            while (hanging) {
                LockSupport.parkNanos(1_000_000);
            }
            if (status == 200) {
                take(exchange.getRequestURI().getPath(), body);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    private void take(String path, byte[] body) throws IOException {
        if (path.equals("/v1/traces")) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(of -> {
                resources.add(attributes(of.getResource().getAttributesList()));
                of.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
            });
        } else if (path.equals("/v1/metrics")) {
            ExportMetricsServiceRequest.parseFrom(body)
                    .getResourceMetricsList()
                    .forEach(of -> of.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList())));
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers nothing more, or goes on. */
    void hang(boolean now) {
        hanging = now;
    }

    void answers(int code) {
        status = code;
    }

    static Map<String, Object> attributes(List<KeyValue> told) {
        Map<String, Object> values = new TreeMap<>();
        for (KeyValue each : told) {
            AnyValue value = each.getValue();
            values.put(
                    each.getKey(),
                    switch (value.getValueCase()) {
                        case STRING_VALUE -> value.getStringValue();
                        case BOOL_VALUE -> value.getBoolValue();
                        case INT_VALUE -> value.getIntValue();
                        case DOUBLE_VALUE -> value.getDoubleValue();
                        default -> value.toString();
                    });
        }
        return values;
    }

    @Override
    public void close() {
        hanging = false;
        server.stop(0);
    }
}

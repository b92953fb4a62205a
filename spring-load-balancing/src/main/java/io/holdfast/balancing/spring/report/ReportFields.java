package io.holdfast.balancing.spring.report;

import io.holdfast.balancing.signal.LoadReport;
import java.util.HashMap;
import java.util.Map;

/// The fields of one report while it is read, whatever form it came in. Names are those of
/// `xds.data.orca.v3.OrcaLoadReport`; others are passed over, as later versions may have more.
final class ReportFields {
    private double cpu;
    private double memory;
    private double application;
    private double rps;
    private double eps;
    private Map<String, Double> named = Map.of();

    void set(String field, double value) throws MalformedReportException {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) { // NaN as well
            throw new MalformedReportException();
        }
        switch (field) {
            case "cpu_utilization", "cpuUtilization" -> cpu = value;
            case "mem_utilization", "memUtilization" -> memory = value;
            case "application_utilization", "applicationUtilization" -> application = value;
            case "rps_fractional", "rpsFractional" -> rps = value;
            case "eps" -> eps = value;
            default -> {
                /* not used */
            }
        }
    }

    void name(String metric, double value) throws MalformedReportException {
        if (named.size() >= LoadReport.MOST_NAMED || !Double.isFinite(value)) {
            throw new MalformedReportException();
        }
        if (named.isEmpty()) {
            named = new HashMap<>();
        }
        named.put(metric, value);
    }

    /// A number that a report drops as impossible makes the whole of it doubtful.
    LoadReport report() throws MalformedReportException {
        LoadReport report = new LoadReport(cpu, memory, application, rps, eps, named);
        boolean whole = report.cpu() == cpu
                && report.memory() == memory
                && report.application() == application
                && report.rps() == rps
                && report.eps() == eps;
        if (!whole) {
            throw new MalformedReportException();
        }
        return report;
    }
}

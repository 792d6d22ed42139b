"""Monitored sessions, hooks, scaffolds and coordinators show the same with Ferroflow and with TensorFlow."""

import pytest
from programs import check

MODEL = """
import os, tempfile, threading
T = v1.train
def build():
    count = T.get_or_create_global_step()
    w = v1.get_variable("w", initializer=4.0)
    v1.get_local_variable("l", initializer=1.0)
    loss = tf.multiply(w, w, name="loss")
    v1.summary.scalar("loss", loss)
    return T.GradientDescentOptimizer(0.1).minimize(loss, global_step=count), count, w
"""

TRAINING = """
class Spy(T.SessionRunHook):
    def __init__(self):
        self.log = []
    def begin(self):
        self.log.append("begin")
    def after_create_session(self, session, coord):
        self.log.append(type(coord).__name__)
    def before_run(self, context):
        self.log.append(context.original_args.fetches is not None)
        return T.SessionRunArgs({"x": "loss:0"})
    def after_run(self, context, values):
        self.log.append("after %.3f" % values.results["x"])
    def end(self, session):
        self.log.append("end")
folder = tempfile.mkdtemp()
lines = []
def formatter(values):
    lines.append("loss %.3f" % values["loss"])
    return lines[-1]
for last in (3, 7):
    with v1.Graph().as_default() as g:
        step, count, w = build()
        spy = Spy()
        hooks = [T.StopAtStepHook(last_step=last), spy, T.LoggingTensorHook({"loss": "loss:0"}, 2, formatter=formatter)]
        with T.MonitoredTrainingSession(checkpoint_dir=folder, hooks=hooks, save_checkpoint_steps=2,
                                        save_summaries_steps=1, log_step_count_steps=2) as s:
            show(g.finalized)
            while not s.should_stop():
                s.run(step)
            show(lambda: s.run(step))
            show(s.graph is g)
        show([s.should_stop(), g.finalized, s.graph])
        show(lambda: s.close())
        show(spy.log)
    show(lines)
    show(sorted(name for name in os.listdir(folder) if name.endswith(("index", "meta", "pbtxt", "checkpoint"))))
    with open(folder + "/checkpoint") as file:
        show([line.replace(folder, "") for line in file if "timestamp" not in line])
events = []
for name in sorted(name for name in os.listdir(folder) if name.startswith("events")):
    for event in T.summary_iterator(folder + "/" + name):
        for value in event.summary.value:
            events.append([event.step, value.tag, "sec" in value.tag or round(value.simple_value, 3)])
        if event.HasField("session_log"):
            log = event.session_log
            events.append([event.step, log.status, log.checkpoint_path.replace(folder, "")])
show(events)
"""

HOOKS = """
with v1.Graph().as_default() as g:
    step, count, w = build()
    class Stop(T.CheckpointSaverListener):
        def after_save(self, session, step):
            return step >= 2
    hooks = [T.CheckpointSaverHook(tempfile.mkdtemp(), save_steps=1, listeners=[Stop()]), T.NanTensorHook("loss:0")]
    with T.SingularMonitoredSession(hooks=hooks) as s:
        while not s.should_stop():
            s.run(step)
        show(s.raw_session().run(count))
with v1.Graph().as_default() as g:
    step, count, w = build()
    bad = v1.assign(w, np.nan)
    for fail in (True, False):
        def diverge():
            with T.MonitoredSession(hooks=[T.NanTensorHook("w/Read/ReadVariableOp:0", fail)]) as s:
                s.run(step)
                s.run(bad)
                s.run(step)
                return s.should_stop()
        show(diverge)
with v1.Graph().as_default() as g:
    step, count, w = build()
    final, counter = T.FinalOpsHook(count), T.StepCounterHook(every_n_steps=2, output_dir=tempfile.mkdtemp())
    with T.MonitoredSession(hooks=[final, counter, T.GlobalStepWaiterHook(0)]) as s:
        def several(step_context):
            step_context.session.run(step)
            return step_context.run_with_hooks(count)
        show([s.run_step_fn(several), s.run_step_fn(several)])
        show(lambda: s.run_step_fn(lambda a, b: 1))
        def stop(step_context):
            step_context.request_stop()
        s.run_step_fn(stop)
    show(final.final_ops_values)
with v1.Graph().as_default() as g:
    p = v1.placeholder(tf.float32, [], name="p")
    feed = lambda: T.FeedFnHook(lambda: {p: 3.})
    show(lambda: T.MonitoredSession(hooks=[T.StopAtStepHook(1)]))
    with T.MonitoredSession(hooks=[feed()]) as s:
        show(s.run(p))
        show(lambda: s.run(p, {p: 1.}))
    with T.MonitoredSession(hooks=[feed(), feed()]) as s:
        show(lambda: s.run(p))
    with T.MonitoredSession() as s:
        raise tf.errors.OutOfRangeError(None, None, "end")
    def fails():
        with T.MonitoredSession() as s:
            raise ValueError("x")
    show(fails)
for make in ("T.LoggingTensorHook([tf.constant(1.)])", "T.LoggingTensorHook([tf.constant(1.)], every_n_iter=0)",
             "T.LoggingTensorHook([tf.constant(1.)], every_n_iter=1, every_n_secs=2)", "T.StopAtStepHook()",
             "T.StopAtStepHook(1, 2)", "T.CheckpointSaverHook('x')", "T.CheckpointSaverHook('x', 1, 2)",
             "T.CheckpointSaverHook('x', 1, saver=1, scaffold=2)", "T.StepCounterHook(every_n_steps=None)",
             "T.StepCounterHook(every_n_steps=1, every_n_secs=2)", "T.SummarySaverHook(save_steps=1)",
             "T.SummarySaverHook(save_steps=1, scaffold=1, summary_op=2)", "T.SummarySaverHook(summary_op=2)",
             "T.SecondOrStepTimer()", "T.SecondOrStepTimer(1, 2)"):
    show(lambda: eval(make))
with v1.Graph().as_default() as g:
    for hook in (T.StopAtStepHook(3), T.StepCounterHook(), T.CheckpointSaverHook(tempfile.mkdtemp(), 1)):
        show(hook.begin)
timer = T.SecondOrStepTimer(every_steps=3)
show([timer.should_trigger_for_step(0), timer.update_last_triggered_step(0), timer.last_triggered_step()])
show([timer.should_trigger_for_step(n) for n in (0, 1, 2, 3, 4)])
show([timer.update_last_triggered_step(4)[1], timer.should_trigger_for_step(5)])
"""

SCAFFOLDS = """
with v1.Graph().as_default() as g:
    v = v1.Variable(1., name="v")
    nothing = v1.no_op(name="nothing")
    show(lambda: T.MonitoredSession(T.ChiefSessionCreator(T.Scaffold(init_op=nothing))))
    g._unsafe_unfinalize()
    scaffold = T.Scaffold(init_fn=lambda scaffold, session: v.load(7., session))
    with T.MonitoredSession(T.ChiefSessionCreator(scaffold)) as s:
        show(s.run(v))
    copied = T.Scaffold(local_init_op=nothing, copy_from_scaffold=scaffold)
    show([copied.local_init_op.name, copied.saver is scaffold.saver, copied.init_op is scaffold.init_op])
    show(T.SessionManager().prepare_session("", init_op=v.initializer).run(v))
    show(lambda: T.SessionManager().prepare_session(""))
    show(lambda: T.SessionManager(ready_for_local_init_op=tf.constant([], tf.string, name="none")))
    ready = v1.report_uninitialized_variables()
    show(lambda: T.SessionManager(ready_op=ready).prepare_session("", init_op=nothing))
    saver, path = T.Saver([v]), tempfile.mkdtemp() + "/model"
    manager = T.SessionManager(ready_op=ready)
    show(lambda: manager.recover_session("", saver=saver, checkpoint_dir=path)[1])
    with v1.Session() as s:
        v.load(5., s)
        saver.save(s, path)
    found, initialized = manager.recover_session("", saver=saver, checkpoint_dir=os.path.dirname(path))
    show([initialized, found.run(v)])
    show(manager.recover_session("", saver=saver, checkpoint_filename_with_path=path)[0].run(v))
    show(lambda: manager.wait_for_session("", max_wait_secs=0))
show(lambda: T.Scaffold(copy_from_scaffold=3))
"""

COORDINATORS = """
def work(coordinator, error):
    with coordinator.stop_on_exception():
        raise error
for error in (ValueError("inner"), tf.errors.OutOfRangeError(None, None, "end")):
    c = T.Coordinator()
    threads = [threading.Thread(target=work, args=(c, error)) for _ in range(2)]
    for thread in threads:
        thread.start()
    show(lambda: c.join(threads))
    show([c.should_stop(), c.joined])
    show(lambda: c.raise_requested_exception())
    c.clear_stop()
    show([c.should_stop(), c.joined, c.wait_for_stop(0.01)])
for error in (SystemExit(3), KeyboardInterrupt("now")):
    c = T.Coordinator()
    threads = [threading.Thread(target=work, args=(c, error)), threading.Thread(target=c.wait_for_stop, args=(20,))]
    for thread in threads:
        thread.start()
    show(c.wait_for_stop(10))
    try:
        c.join(threads)
    except BaseException as raised:
        show([type(raised).__name__, str(raised), raised is error])
c = T.Coordinator(clean_stop_exception_types=(KeyError,))
c.request_stop(KeyError("k"))
show(lambda: c.join([]))
c, event = T.Coordinator(), threading.Event()
slow = threading.Thread(target=event.wait, daemon=True, name="slow")
slow.start()
c.register_thread(slow)
c.request_stop()
show(lambda: c.join(stop_grace_period_secs=0.1))
c = T.Coordinator()
c.register_thread(slow)
c.request_stop()
show(lambda: c.join(stop_grace_period_secs=0.1, ignore_live_threads=True))
event.set()
c, rounds = T.Coordinator(), []
def one_round(by):
    rounds.append(by)
    if len(rounds) >= 4:
        c.request_stop()
thread = T.LooperThread.loop(c, 0.01, one_round, args=(2,))
c.join([thread])
show(rounds)
show(lambda: T.LooperThread(1, 2))
show(lambda: T.LooperThread(c, 2, args=(1,)))
"""


@pytest.mark.parametrize(
    "text", [TRAINING, HOOKS, SCAFFOLDS, COORDINATORS], ids=["training", "hooks", "scaffolds", "coordinators"]
)
def test_programs(text):
    check(MODEL + text)

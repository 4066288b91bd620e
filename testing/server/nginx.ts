import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/demo/process/free-port';
import { ensureNginx } from '@/testing/runner/nginx';

/** A real nginx in front of a server, with its own configuration and files, on a free port of this machine. */
export class Nginx {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly port: number,
    private readonly upstream: string,
  ) {}

  /**
   * Starts nginx. Resolves when it answers.
   *
   * @param upstream the server's address
   * @param directives more lines for the location that has `proxy_pass`
   */
  static async start(upstream: string, directives: readonly string[] = []): Promise<Nginx> {
    const program = ensureNginx(console.log);
    const folder = await mkdtemp(join(tmpdir(), 'planeboard-nginx-'));
    const port = await freePort();
    await writeFile(join(folder, 'nginx.conf'), configuration(port, upstream, directives));
    const child = spawn(program, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const nginx = new Nginx(folder, child, port, upstream);
    while (!(await fetch(`${nginx.url}/healthz`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error(`nginx exited with ${child.exitCode}.`);
      await sleep(50);
    }
    return nginx;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Replaces the directives. Connections that are open keep the old ones, as after `nginx -s reload`. */
  async configure(directives: readonly string[]): Promise<void> {
    await writeFile(join(this.folder, 'nginx.conf'), configuration(this.port, this.upstream, directives));
    this.child.kill('SIGHUP');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await exited;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function configuration(port: number, upstream: string, directives: readonly string[]): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid nginx.pid;
events {}
http {
  access_log off;
  error_log stderr crit;
${folders.map((name) => `  ${name}_temp_path ${name};`).join('\n')}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${upstream};
${directives.map((directive) => `      ${directive};`).join('\n')}
    }
  }
}
`;
}

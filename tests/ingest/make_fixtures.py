"""Writes tests/ingest/fixtures: broken and odd input files, made by the programs that make them in offices.

    pip install openpyxl xlwt odfpy msoffcrypto-tool
    python3 tests/ingest/make_fixtures.py

Names, departments and figures are invented. Run it again only to add a file: workbooks carry a time stamp.
"""

import io
import random
import subprocess
import zipfile
from datetime import date
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

OUT = Path(__file__).parent / "fixtures"
OUT.mkdir(exist_ok=True)

HEAD = ["项目编号", "项目名称", "申报单位", "建设内容", "总投资（万元）", "申报年度"]
ROWS = [
    ["S-1", "泊位感知平台", "市城管局", "1. 泊位状态采集；\n2. 余位信息对外发布服务", "1,200.00", "2026年"],
    ["S-2", "河道巡查系统", "松岭县水利局", "无人机自动机场四座，岸线影像识别与派单处置", "86.5", "2026"],
]


def csv_text(rows):
    cells = lambda row: ",".join('"' + c.replace('"', '""') + '"' if set(c) & set(',"\n') else c for c in row)
    return "".join(cells(row) + "\r\n" for row in [HEAD, *rows])


# Encodings, by iconv.
plain = csv_text(ROWS).encode()
(OUT / "编码-utf8.csv").write_bytes(plain)
for name, code in [("gb18030", "GB18030"), ("utf16le", "UTF-16LE"), ("utf16be", "UTF-16BE"), ("utf16", "UTF-16")]:
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", code], input=plain, capture_output=True, check=True)
    (OUT / f"编码-{name}.csv").write_bytes(done.stdout)
(OUT / "编码-bom.csv").write_bytes(b"\xef\xbb\xbf" + plain)

# Files that are no tables.
(OUT / "空文件.csv").write_bytes(b"")
(OUT / "网页.xlsx").write_text("<!DOCTYPE html>\n<html><body><table><tr><td>项目名称</td></tr></table></body></html>\n")
random.seed(20261125)
(OUT / "乱码.csv").write_bytes(bytes(random.randrange(1, 256) for _ in range(4000)))
with zipfile.ZipFile(OUT / "建议书.docx", "w") as file:
    file.writestr("[Content_Types].xml", "<Types/>")
    file.writestr("word/document.xml", "<w:document/>")
(OUT / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 60)
with zipfile.ZipFile(OUT / "残缺.xlsx", "w") as file:
    file.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id")

# The workbook with everything that goes wrong in one.
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "市直部门"
sheet.append(["2026年政务信息化项目申报汇总表"])
sheet.merge_cells("A1:I1")
sheet.append(["填报单位：市数据局", None, None, None, None, None, None, None, "单位：万元"])
sheet.append(["序号", "项目编号", "项目名称", "申报单位", "建设内容", "投资", None, "申报年度", "密级"])
sheet.append([None, None, None, None, None, "总投资", "其中：本年度", None, None])
for columns in ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4"]:
    sheet.merge_cells(columns)
long = "泊位状态采集、余位信息发布和停车诱导服务建设"
rows = [
    [1, "A-1", "泊位感知平台", "市城管局", long, 1200, 300.5, "2026", "非涉密"],                      # 5
    [2, "A-2", "违停取证系统", None, long, "约一千二", None, "2026年度", "否"],                        # 6, department merged
    [3, "A-3", None, "市水务局", long, 100, None, 2026, None],                                          # 7, no name
    [4, "A-1", "河道巡查系统", "市水务局", "岸线影像识别与派单处置，自动机场四座建设", "800-1000", None, "十四五", None],  # 8, id twice
    [5, "A-5", "指挥专网", "市公安局", "不得出现在任何报告里", 500, None, 2026, "机密"],               # 9, secret
    [6, "A-6", "='平台'&1", "市民政局", long, "-5", None, date(2026, 3, 1), None],                      # 10, formula
    [7, "A-7", "照护核验系统", "市医保局", "太短", "￥860万元", None, 2026, None],                      # 11, thin
    [8, "A-8", "养老呼叫平台", "市民政局", long, "=SUM(F5:F6)", None, 2026, None],                      # 12, formula without value
    [9, "A-9", "全域旅游平台", "市文旅局", long, 2500000000, None, 2026, None],                         # 13, implausible
    ["序号", "项目编号", "项目名称", "申报单位", "建设内容", "总投资", None, "申报年度", "密级"],      # 14, head repeated
    [10, "A-10", "林火监测工程", "市林业局", long, "一千二百万元", "无", 46113, "公开"],                # 15
    [11, "A-11", "粮库升级", "市粮储局", "仓内测温测湿、气调熏蒸控制、出入库作业管理", 300, None, 2026, None],   # 16, two rows merged
    [None, None, None, None, "应急保供调度与轮换管理系统", 120, None, None, None],                       # 17
    [12, None, None, None, None, None, None, None, None],                                                # 18, numbered only
    [13, "A-1", "泊位感知平台", "市城管局", long, 1200, 300.5, "2026", "非涉密"],                       # 19, row 5 again
    ["合计", None, None, None, None, 3000, None, None, None],                                            # 20
    ["注：金额为匡算。", None, None, None, None, None, None, None, None],                               # 21
]
for row in rows:
    sheet.append(row)
sheet["C10"].data_type = "s"
sheet.merge_cells("D5:D6")
for column in "ABCDH":
    sheet.merge_cells(f"{column}16:{column}17")
hidden = book.create_sheet("往年")
hidden.append(["项目名称", "建设单位", "建设内容", "合同额", "天气"])
hidden.append(["数字城管", "市城管局", long, 5, "晴"])
hidden.sheet_state = "hidden"
form = book.create_sheet("申报表")
for row in [["政务信息化项目申报表"], ["项目名称", "场馆预约平台", "申报单位", "市体育局"], ["总投资（元）", 3200000, "建设性质", "新建"], ["建设内容", "场地时段管理、线上预约、闸机入场与客流统计"]]:
    form.append(row)
book.create_sheet("Sheet2")
notes = book.create_sheet("无表头")
for row in [["日期", "天气", "温度"], ["周一", "晴", 20], ["周二", "雨", 18]]:
    notes.append(row)
book.save(OUT / "申报表.xlsx")

# A reserve list as cities send it: three-row head, numbers of the columns, headings between the rows, instructions, a hidden list of choices.
plan = openpyxl.Workbook()
sheet = plan.active
sheet.title = "附件2"
for row in [
    ["附件2"],
    ["2026年度政务信息化建设项目储备计划表"],
    ["（单位：万元）"],
    ["序号", "基本信息", None, None, "资金情况", None, None, None, "建设内容", "是否涉密"],
    [None, "项目名称", "申报单位", "建设性质", "总投资", "2026年计划", "其中", None, None, None],
    [None, None, None, None, None, None, "市财政", "上级补助", None, None],
    list(range(1, 11)),
    ["一、市直部门"],
    ["例", "××平台", "××局", "新建", 100, 50, 50, 0, "××", "否"],
    [1, "泊位感知平台", "市城管局", "新建", 1200, 600, 600, 0, long, "否"],
    [2, "指挥专网", "市公安局", "新建", 800, 400, 200, 200, long, "是"],
    ["小计", None, None, None, 2000, 1000],
    ["二、县区"],
    [3, "应急广播", "松岭县文旅局", "新建", "680", "300", 200, 100, long, "否"],
    [4, "零申报", "白石县数据局"],
    ["总计（3项）", None, None, None, 2680],
    [],
    ["填表人：某某", None, "联系电话：0000", None, "填表日期：2026.3"],
]:
    sheet.append(row)
for cells in ["A2:J2", "A3:J3", "A4:A6", "B4:D4", "B5:B6", "C5:C6", "D5:D6", "E4:H4", "E5:E6", "F5:F6", "G5:H5", "I4:I6", "J4:J6", "A8:J8", "A13:J13"]:
    sheet.merge_cells(cells)
told = plan.create_sheet("填表说明")
for text in ["一、如实填写", "二、金额单位为万元", "三、不得空项", "四、逐条写明建设内容", "五、盖章后报送", "六、电子版同时报送"]:
    told.append([text])
choices = plan.create_sheet("选项")
for text in ["新建", "改建", "续建", "运维", "其他", "无"]:
    choices.append([text, "x"])
choices.sheet_state = "hidden"
plan.save(OUT / "储备计划.xlsx")

# A legal workbook of 6 KB that asks a dense reader for 549 GB.
far = openpyxl.Workbook()
far.active.title = "远格"
far.active.append(["项目名称", "申报单位", "建设内容"])
far.active.append(["泊位感知平台", "市城管局", long])
far.active["XFD1048576"] = "x"
far.save(OUT / "远格.xlsx")

# A password.
stream, sealed = io.BytesIO(), io.BytesIO()
far.save(stream)
stream.seek(0)
OOXMLFile(stream).encrypt("123456", sealed)
(OUT / "加密.xlsx").write_bytes(sealed.getvalue())

# The same table as XLS (which WPS also calls .et) and ODS.
old = xlwt.Workbook(encoding="utf-8")
page = old.add_sheet("申报")
page.write_merge(0, 0, 0, 5, "申报汇总表")
for r, row in enumerate([HEAD, *ROWS], start=1):
    for c, text in enumerate(row):
        if not (c == 2 and r > 1):
            page.write(r, c, text)
page.write_merge(2, 3, 2, 2, "市城管局")
old.save(str(OUT / "申报.et"))

document = OpenDocumentSpreadsheet()
table = Table(name="申报")
for row in [HEAD, *ROWS]:
    line = TableRow()
    for text in row:
        cell = TableCell(valuetype="string")
        for part in text.split("\n"):
            cell.addElement(P(text=part))
        line.addElement(cell)
    table.addElement(line)
document.spreadsheet.addElement(table)
document.save(str(OUT / "申报.ods"))

# Lists of the other two kinds, and JSON in its two shapes.
(OUT / "台账.csv").write_text(
    "系统名称,建设单位,业务功能,系统状态,建成年份,年运维费（万元）\n"
    "数字城管系统,市城管局,部件和事件的采集、派遣、处置与核查全过程管理,已验收,2019,36\n"
    "应急指挥平台,市应急局,值守接报、指挥调度与救援力量管理的全过程协同,建设中,,-\n"
    "旧办公系统,市政府办,公文流转,已停用,2009,0\n"
    "信访系统,市信访局,信访件登记、转办、督办与办结反馈的全过程管理,红色,2018,无\n"
)
(OUT / "统建.csv").write_text(
    "类别,平台/系统名称,统建内容说明/介绍,可向部门提供的服务能力,部门需自行承担的建设内容\n"
    "基础,统一身份认证平台,自然人和法人的实名账号与单点登录,认证接口、扫码登录,业务权限配置\n"
)
(OUT / "申报.json").write_text(
    '{"导出":"2026","数据":[{"项目名称":"泊位感知平台","单位":"市城管局","总投资（万元）":12.5,'
    '"建设内容":["泊位状态采集与上传","余位信息对外发布服务功能"]},7,{"项目名称":""}]}\n'
)
(OUT / "申报.jsonl").write_text('{"项目名称":"泊位感知平台","申报单位":"市城管局","投资估算(万元)":2340}\n{"项目名称":\n')
